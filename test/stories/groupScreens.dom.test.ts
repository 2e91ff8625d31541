import { describe, expect, it } from 'vitest'
import * as dialogStories from '../../stories/components/GroupDialogs.stories'
import * as groupScreens from '../../stories/components/GroupScreens.stories'
import { frames, groupDialogs, statesOfScreens } from '../../stories/support/groupScreens'
import { looks } from '../../stories/support/stage'

/** What of a story tells what it shows. */
interface AnyStory {
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly globals?: unknown
  readonly play?: unknown
}

const shown = Object.entries(groupScreens as unknown as Record<string, AnyStory>).flatMap(([name, story]) =>
  name !== 'default' && typeof story.play === 'function'
    ? [`${String(story.parameters?.['screen'])}: ${String(story.parameters?.['state'])}`]
    : [],
)

describe('The stories of group screens', () => {
  it('show every screen in every state, each once', () => {
    const wanted = Object.entries(statesOfScreens).flatMap(([screen, states]) =>
      states.map((state) => `${screen}: ${state}`),
    )
    expect(shown.toSorted()).toEqual(wanted.toSorted())
  })

  it('pair every language, every theme and every width', () => {
    const pairs = frames.flatMap(({ locale, theme, width }) => [
      `${locale} ${theme}`,
      `${locale} ${width}`,
      `${theme} ${width}`,
    ])
    const widths = [...new Set(frames.map(({ width }) => width))]
    expect(widths).toHaveLength(2)
    const wanted = new Set(
      looks.flatMap(({ locale, theme }) =>
        widths.flatMap((width) => [`${locale} ${theme}`, `${locale} ${width}`, `${theme} ${width}`]),
      ),
    )
    expect(new Set(pairs)).toEqual(wanted)
  })

  it('show every dialog on a phone and on a desktop, in every language and theme', () => {
    const faces = Object.entries(dialogStories as unknown as Record<string, AnyStory>).flatMap(
      ([name, story]) =>
        name !== 'default' && typeof story.play === 'function'
          ? [{ ...story.parameters, ...(story.globals as object) } as Readonly<Record<string, string>>]
          : [],
    )
    for (const dialog of groupDialogs) {
      const own = faces.filter(({ asked }) => asked === dialog)
      expect(new Set(own.map(({ device }) => device))).toEqual(new Set(['phone', 'desktop']))
      expect(new Set(own.map(({ locale }) => locale))).toEqual(new Set(looks.map(({ locale }) => locale)))
      expect(new Set(own.map(({ theme }) => theme))).toEqual(new Set(looks.map(({ theme }) => theme)))
    }
  })
})
