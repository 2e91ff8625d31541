/** What every form has: doing one thing at a time, why it failed, and buttons at its end. */
export { default as FailureLine } from './FailureLine.vue'
export { default as FormFoot } from './FormFoot.vue'
export { useSubmit } from './useSubmit'
