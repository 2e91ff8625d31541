import { wait } from './stage'

/** How many rows of the list on the page are drawn again by a change. */
export async function countRedrawn(change: () => void): Promise<number> {
  const touched = new Set<Element>()
  const observer = new MutationObserver((records) => {
    for (const { target } of records) {
      const element = target instanceof Element ? target : target.parentElement
      const option = element?.closest('[role=option]')
      if (option) touched.add(option)
    }
  })
  const list = document.querySelector('#stage [role=listbox]')
  if (!list) throw new Error('there is no list')
  observer.observe(list, { subtree: true, childList: true, characterData: true })
  change()
  await wait(500)
  observer.disconnect()
  return touched.size
}
