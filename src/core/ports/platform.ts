import type { Hint, ImageOptions, LocalFile, Stop } from '../../model'

/** The other tabs of the same origin, as far as the platform knows them. */
export interface Tabs {
  /**
   * Waits until this tab alone holds `name` and then calls `onHeld`, once; a tab that dies lets go of what it held. The
   * returned function lets go, or stops waiting.
   */
  hold(name: string, onHeld: () => void): Stop
  /** Opens a line to the other tabs; what one posts all the others hear, in order, and never oneself. */
  open(name: string, onMessage: (data: unknown) => void): TabsLine
}
/** One end of a line between tabs. */
export interface TabsLine {
  /** `data` must be what structured cloning can copy. */
  post(data: unknown): void
  close(): void
}

/** What a notification says and which older one it takes the place of. */
export interface NotificationNote {
  /** A newer one of the same name takes its place. */
  readonly name: string
  readonly title: string
  readonly text: string
}
/** What tells a person of something while the page is not looked at. */
export interface Notifier {
  /** True while the page is seen and has the keyboard. */
  isLookedAt(): boolean
  permission(): NotificationPermit
  /** Asks the person; only in answer to a click. */
  ask(): Promise<NotificationPermit>
  /** Shows a notification until it is stopped or somebody puts it away. */
  show(note: NotificationNote, onClick: () => void): Stop
  /** Makes a short sound, where the page may. */
  ring(): void
  /** Says beside the title and on the icon of the page that so much is new; 0 takes it away. */
  setBadge(count: number): void
}
/** What a person has said to notifications; 'none': the machine has none. */
export type NotificationPermit = 'granted' | 'denied' | 'unasked' | 'none'

/** A sound that is being recorded. */
export interface Recording {
  pause(): void
  resume(): void
  /** Ends it and gives what was recorded. */
  finish(): Promise<LocalFile>
  /** Ends it and gives nothing. */
  cancel(): void
}
/** A microphone. */
export interface Recorder {
  /**
   * Asks the person where he has not said yet, and begins. `onLevel` hears some times a second how loud it is, 0 to 1.
   * @throws ChatError where the microphone is refused, missing or busy.
   */
  record(onLevel: (level: number) => void): Promise<Recording>
}

/** What the kit needs of the machine it runs on, beyond the language. */
export interface Platform {
  /** A URL under which a local file can be shown while the page lives; undefined where the platform has none. */
  fileUrl(file: LocalFile): string | undefined
  /** Gives back what `fileUrl` holds. */
  releaseFileUrl(url: string): void
  /** The size of a picture in CSS pixels; undefined where it is none or cannot be read. */
  imageSize(file: LocalFile): Promise<{ readonly width: number; readonly height: number } | undefined>
  /**
   * A picture made smaller, the way up it is seen; undefined where it is small enough, moves, or would not become smaller.
   * Absent: pictures leave as they are.
   */
  shrinkImage?(file: LocalFile, options: ImageOptions): Promise<LocalFile | undefined>
  /**
   * The middle of a picture as a square of so many pixels, the way up it is seen; undefined where it is none or cannot be
   * read. Absent: nobody makes pictures of people and groups here.
   */
  squareImage?(file: LocalFile, side: number): Promise<LocalFile | undefined>
  /** Absent: nobody else shares the storage of this machine. */
  readonly tabs?: Tabs
  /** Absent: nothing can be recorded here. */
  readonly recorder?: Recorder
  /** Absent: this machine tells nobody anything. */
  readonly notifier?: Notifier
  /** Tells when the page comes and goes and when the network does; absent: nobody knows. */
  watch?(listener: (hint: Hint) => void): Stop
}
