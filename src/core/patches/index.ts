/** What is known after news that may be partial. */
export { patched } from './patched'
export { patchedFields } from './patchedFields'
