/** What a person fills in or switches. */
export { default as ChoiceField } from './ChoiceField.vue'
export { default as FolderEditor } from './FolderEditor.vue'
export { default as FolderPicker } from './FolderPicker.vue'
export { default as PillTabs } from './PillTabs.vue'
export { default as SearchField } from './SearchField.vue'
export { default as TextField } from './TextField.vue'
export { default as ToggleRow } from './ToggleRow.vue'
export { default as CountedField } from './CountedField.vue'
