/** The keyboard goes on near where it was, where what has it goes away. */
export { focusNear, isFocusLost, standingAround } from './focusNear'
export { useKeptFocus } from './useKeptFocus'
