import { expect } from 'vitest'
import type { Page } from 'playwright'
import { person } from './demo'

/** The two people of a friendship. */
export interface Friends {
  /** The page of whoever asks. */
  readonly asker: { readonly page: Page; readonly name: string }
  /** Who is asked: the id, the shown name, and what opens the page, for nobody is there when the request is sent. */
  readonly asked: { readonly id: string; readonly name: string; open(): Promise<Page> }
  /** Whoever writes to somebody who has blocked him is told that it failed. */
  readonly isTold: boolean
}

/** A whole friendship on two screens: asked while the other is away, accepted, named, written to, blocked, ended. */
export async function liveFriendship({ asker, asked, isTold }: Friends): Promise<void> {
  const mine = asker.page
  const contacts = mine.getByRole('region', { name: 'Contacts' })
  const card = mine.getByRole('region', { name: 'Profile' })
  await mine.getByRole('button', { name: /^Contacts/ }).click()
  await contacts.getByRole('button', { name: 'Add a friend' }).click()
  await contacts.getByRole('textbox', { name: /^Id/ }).fill(asked.id)
  await contacts.getByRole('textbox', { name: /^Id/ }).press('Enter')
  await contacts.getByRole('option', { name: new RegExp(asked.name) }).click()
  await card.getByRole('button', { name: 'Add friend' }).click()
  await card.getByRole('textbox', { name: 'What you say' }).fill('It is me & <you>, 你好')
  await card.getByRole('button', { name: 'Send the request' }).click()
  await card.getByText('The request is sent.').waitFor()

  const theirs = await asked.open()
  await theirs.getByRole('button', { name: /^Contacts, 1 friend request waits/ }).click()
  await theirs.getByRole('button', { name: /^Friend requests/ }).click()
  const request = theirs.getByRole('article', { name: asker.name })
  await request.getByText('It is me & <you>, 你好').waitFor()
  await request.getByRole('button', { name: 'Accept', exact: true }).click()
  await request.getByText('Accepted').waitFor()
  await theirs.getByRole('option', { name: new RegExp(`^${asker.name}`) }).waitFor()

  await card.getByRole('button', { name: 'Edit · Remark name' }).click()
  await card.getByRole('textbox', { name: 'Remark name' }).fill('My friend')
  await card.getByRole('textbox', { name: 'Remark name' }).press('Enter')
  await card.getByRole('heading', { name: 'My friend' }).waitFor()
  await card.getByRole('button', { name: 'Message', exact: true }).click()
  await person(mine).box.waitFor()
  await person(mine).write('before')

  await theirs.getByRole('option', { name: new RegExp(`^${asker.name}`) }).click()
  const theirCard = theirs.getByRole('region', { name: 'Profile' })
  await theirCard.getByRole('button', { name: 'Message', exact: true }).click()
  await person(theirs)
    .chat.getByRole('article', { name: /before/ })
    .waitFor()
  await toggleBlock(theirs, asker.name, true)
  await person(mine).write('while blocked')
  const failed = person(mine).chat.getByText('This person does not take messages from you.')
  if (isTold) await failed.waitFor()
  await person(mine)
    .chat.getByRole('article', { name: isTold ? /while blocked.*Not sent/s : /while blocked/ })
    .waitFor()
  await expect
    .poll(() =>
      person(mine)
        .chat.getByRole('article', { name: /Sending|Waiting/ })
        .count(),
    )
    .toBe(0)
  await toggleBlock(theirs, asker.name, false)
  await person(mine).write('after')

  await theirs
    .getByRole('region', { name: 'Profile' })
    .getByRole('button', { name: 'Message', exact: true })
    .click()
  await person(theirs).chat.getByRole('article', { name: /after/ }).waitFor()
  expect(
    await person(theirs)
      .chat.getByRole('article', { name: /while blocked/ })
      .count(),
  ).toBe(0)

  await mine.getByRole('button', { name: /^Contacts/ }).click()
  await card.getByRole('button', { name: 'Delete friend' }).click()
  await card.getByRole('button', { name: 'Really delete?' }).click()
  await card.getByRole('button', { name: 'Add friend' }).waitFor()
}

async function toggleBlock(page: Page, name: string, isBlocked: boolean): Promise<void> {
  await page.getByRole('button', { name: /^Contacts/ }).click()
  const card = page.getByRole('region', { name: 'Profile' })
  await card.getByRole('heading', { name }).waitFor()
  await card.getByRole('switch', { name: /^Block/ }).click()
  await card.getByRole('switch', { name: /^Block/, checked: isBlocked }).waitFor()
}
