import { existsSync } from 'node:fs'
import { chromium } from 'playwright'

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * The Chromium that tests run in: the one `PARLEY_CHROMIUM` names, else one the system has, else the one
 * Playwright downloaded. Undefined where there is none; a `PARLEY_CHROMIUM` that does not exist throws.
 *
 * @returns {string | undefined}
 */
export function findChromium() {
  const named = process.env.PARLEY_CHROMIUM
  if (named) {
    if (!existsSync(named)) throw new Error(`PARLEY_CHROMIUM names ${named}, which does not exist`)
    return named
  }
  return [...systemBrowsers, chromium.executablePath()].find((path) => path !== '' && existsSync(path))
}

/**
 * How to launch that Chromium: quiet, without a GPU, and without its sandbox where the user is root, for
 * Chromium refuses to start otherwise. Without a browser Playwright says at launch what is missing.
 *
 * @returns {{ executablePath?: string, args: string[] }}
 */
export function chromiumLaunchOptions() {
  const executablePath = findChromium()
  const isRoot = process.getuid?.() === 0
  return {
    ...(executablePath !== undefined && { executablePath }),
    args: [
      ...(isRoot ? ['--no-sandbox'] : []),
      '--disable-gpu',
      // What a test presses is no gesture of a person, who may always play a sound.
      '--autoplay-policy=no-user-gesture-required',
      // A microphone that beeps, and nobody who has to allow it.
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  }
}
