/** The keyboard that a phone lays over the page. */
export { provideKeyboardRoom, useKeyboardOverlap } from './keyboardRoom'
