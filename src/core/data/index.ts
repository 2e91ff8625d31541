/** Data that is handed around. */
export { copied } from './copied'
export { frozen } from './frozen'
