/** Data that is handed around. */
export { frozen } from './frozen'
