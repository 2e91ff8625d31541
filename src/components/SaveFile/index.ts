/** Files as downloads. */
export { saveFile } from './saveFile'
