/** One conversation: header, timeline, composer. */
export { default as ChatPanel } from './ChatPanelRoot.vue'
export type { ComposerSlotProps, ToolsSlotProps } from './panelSlots'
