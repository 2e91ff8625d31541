/** What the kit told developers of late, for diagnostics. */
export { recordingLogger } from './recordingLogger'
export type { LogEntry, RecordingLogger } from './recordingLogger'
