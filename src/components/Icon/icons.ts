import { h, type FunctionalComponent } from 'vue'

/** A drawing of strokes on a grid of 24, in the colour of the text around it. */
function createIcon(strokes: string, width = 1.7): FunctionalComponent {
  return (_props, { attrs }) =>
    h(
      'svg',
      {
        viewBox: '0 0 24 24',
        width: 20,
        height: 20,
        fill: 'none',
        stroke: 'currentColor',
        'stroke-width': width,
        'stroke-linecap': 'round',
        'stroke-linejoin': 'round',
        'aria-hidden': 'true',
        focusable: 'false',
        ...attrs,
      },
      [h('path', { d: strokes })],
    )
}

/** A plus: something new. */
export const AddIcon = createIcon('M12 5v14M5 12h14', 1.9)
/** A cross: close, remove, clear. */
export const CloseIcon = createIcon('M6 6l12 12M18 6 6 18')
/** An arrow to where one came from. */
export const BackIcon = createIcon('M19 12H5.5M11.5 5.5 5 12l6.5 6.5')
/** A panel with a column at its end. */
export const DetailsIcon = createIcon('M4.5 6h15v12h-15zM14.5 6v12')
/** A magnifying glass. */
export const SearchIcon = createIcon('M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M16 16l4.5 4.5')
/** A picture with hills. */
export const PictureIcon = createIcon(
  'M6 4.5h12A1.5 1.5 0 0 1 19.5 6v12a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V6A1.5 1.5 0 0 1 6 4.5M4.5 16l4.5-4.5 4 4 2.5-2.5 4 4M14.8 8.8h.1',
)
/** An arrow ahead: send. */
export const SendIcon = createIcon('M5 12h13M12.5 6l6 6-6 6', 2)
/** An arrow down: to the latest. */
export const DownIcon = createIcon('M12 5v13.5M6 13l6 6 6-6')
/** A heart: like. */
export const HeartIcon = createIcon(
  'M12 19.5C7.5 16.2 4.5 13.4 4.5 9.9A4 4 0 0 1 12 7.8a4 4 0 0 1 7.5 2.1c0 3.5-3 6.3-7.5 9.6',
)
/** A box with a bow: a gift. */
export const GiftIcon = createIcon(
  'M4.5 9h15v3.5h-15zM6 12.5h12v7H6zM12 9v10.5M12 9C9 9 7.5 7.8 7.5 6.3S9 4 10.2 4.8 12 7.5 12 9c0-1.5.6-3.4 1.8-4.2S16.5 4.8 16.5 6.3 15 9 12 9',
)
/** An eye: watching. */
export const EyeIcon = createIcon(
  'M3.5 12S6.5 6.5 12 6.5 20.5 12 20.5 12 17.5 17.5 12 17.5 3.5 12 3.5 12M12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5',
)
/** A pin. */
export const PinIcon = createIcon('M9 4h6l-.8 6.5 3.3 3V15h-11v-1.5l3.3-3zM12 15v5.5')
/** A bell with a stroke through it. */
export const MutedIcon = createIcon(
  'M6.5 16.5V11a5.5 5.5 0 0 1 9-4.2M17.5 11.5v5h-10M10 19.5a2.2 2.2 0 0 0 4 0M4.5 4.5l15 15',
)
/** A clock: waiting. */
export const ClockIcon = createIcon('M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 7.5V12l3 2')
/** One tick: sent. */
export const TickIcon = createIcon('M5.5 13l4.3 4.3L18.5 8', 1.9)
/** Two ticks: delivered, read. */
export const DoubleTickIcon = createIcon('m2 13 4.5 4.5L15 8M11 16.2l1.5 1.5L22 8', 1.9)
/** An exclamation mark in a circle: failed, doubtful. */
export const AlertIcon = createIcon('M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 8v4.8M12 15.9v.1', 1.9)
/** An arrow in a circle: again. */
export const RetryIcon = createIcon('M19 12a7 7 0 1 1-2.2-5.1M19.5 4v4h-4')
/** Speech in a bubble. */
export const ChatIcon = createIcon(
  'M4.5 6A1.5 1.5 0 0 1 6 4.5h12A1.5 1.5 0 0 1 19.5 6v9a1.5 1.5 0 0 1-1.5 1.5h-7L6.5 20v-3.5H6A1.5 1.5 0 0 1 4.5 15zM8.5 9h7M8.5 12.3h4.5',
)
/** Two people. */
export const PeopleIcon = createIcon(
  'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.8 19.5a6.2 6.2 0 0 1 12.4 0M15.5 4.9a3.5 3.5 0 0 1 0 6.2M17.5 14.2a6.2 6.2 0 0 1 3.7 5.3',
)
/** A person and a plus. */
export const AddPersonIcon = createIcon(
  'M9.5 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M3.3 19.5a6.2 6.2 0 0 1 12.4 0M18.5 7.5v6M15.5 10.5h6',
)
/** A circle with a stroke through it: kept away. */
export const BlockIcon = createIcon('M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M6.4 6.4l11.2 11.2')
/** A pencil. */
export const EditIcon = createIcon(
  'M4.5 19.5l1-4L16.2 4.8a1.8 1.8 0 0 1 2.5 0l.5.5a1.8 1.8 0 0 1 0 2.5L8.5 18.5z',
)
/** A broken connection. */
export const OfflineIcon = createIcon(
  'M4.5 4.5l15 15M5 12.5a10 10 0 0 1 3.5-2.3M19 12.5a10 10 0 0 0-6.5-3M8 15.8a5.8 5.8 0 0 1 6.5-1.2M12 19h.1',
)
/** A piece of a puzzle: something this kit does not know. */
export const UnknownIcon = createIcon(
  'M6 4.5h12A1.5 1.5 0 0 1 19.5 6v12a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V6A1.5 1.5 0 0 1 6 4.5M9.7 9.7a2.3 2.3 0 1 1 3.4 2c-.8.5-1.1.9-1.1 1.7M12 15.9v.1',
)
/** A bent arrow to the start: an answer. */
export const ReplyIcon = createIcon('M9.5 6 4 11.5 9.5 17M4.5 11.5H14a6 6 0 0 1 6 6V19')
/** A bent arrow to the end: pass on. */
export const ForwardIcon = createIcon('M14.5 6l5.5 5.5-5.5 5.5M19.5 11.5H10a6 6 0 0 0-6 6V19')
/** Two sheets. */
export const CopyIcon = createIcon(
  'M9.5 8.5H18a1.5 1.5 0 0 1 1.5 1.5v8.5A1.5 1.5 0 0 1 18 20H9.5A1.5 1.5 0 0 1 8 18.5V10a1.5 1.5 0 0 1 1.5-1.5M5 15.5A1.5 1.5 0 0 1 4.5 14V5.5A1.5 1.5 0 0 1 6 4h8a1.5 1.5 0 0 1 1.4 1',
)
/** A tick in a circle: choose. */
export const SelectIcon = createIcon('M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M8.5 12.2l2.5 2.5 4.6-5')
/** An arrow that turns round: take back. */
export const RecallIcon = createIcon('M8 5 4.5 8.5 8 12M5 8.5h9a5.5 5.5 0 0 1 0 11H8')
/** A bin. */
export const TrashIcon = createIcon('M5 7h14M10 4h4M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5')
/** Three dots: more. */
export const MoreIcon = createIcon('M6 12h.1M12 12h.1M18 12h.1', 2.6)
/** A smiling face. */
export const SmileIcon = createIcon(
  'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M9.2 10v.1M14.8 10v.1M8.5 14a4.2 4.2 0 0 0 7 0',
)
/** A sheet with a bent corner. */
export const FileIcon = createIcon(
  'M7 3.5h7l4.5 4.5v11A1.5 1.5 0 0 1 17 20.5H7A1.5 1.5 0 0 1 5.5 19V5A1.5 1.5 0 0 1 7 3.5M13.5 3.8V8.5h4.7',
)
/** An arrow into a tray. */
export const DownloadIcon = createIcon('M12 4.5v10M7.5 10.5 12 15l4.5-4.5M5 19.5h14')
/** A triangle: play. */
export const PlayIcon = createIcon('M8.5 5.5v13l10-6.5z')
/** Two bars: pause. */
export const PauseIcon = createIcon('M8.5 6v12M15.5 6v12', 2.6)
/** A mark on a map. */
export const PlaceIcon = createIcon(
  'M12 20.5s6.5-5.8 6.5-10.5a6.5 6.5 0 1 0-13 0c0 4.7 6.5 10.5 6.5 10.5M12 7.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4',
)
/** Lines of a conversation. */
export const HistoryIcon = createIcon('M4.5 5h15v14h-15zM8 9.5h8M8 12.5h8M8 15.5h5')
/** A paper clip: attach. */
export const AttachIcon = createIcon(
  'M19 11.5 12.2 18.3a4.3 4.3 0 0 1-6.1-6.1l7-7a2.9 2.9 0 0 1 4.1 4.1l-7 7a1.4 1.4 0 0 1-2-2l6.3-6.3',
)
/** A bell. */
export const BellIcon = createIcon('M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5zM5 16.5h14M10 19.5a2.2 2.2 0 0 0 4 0')
/** An eye with a stroke through it. */
export const HideIcon = createIcon(
  'M4.5 4.5l15 15M9 6.3a9 9 0 0 1 3-.5c5 0 8 4.5 9 6.2a16 16 0 0 1-2.6 3.2M6 8a16 16 0 0 0-3 4c1 1.7 4 6.2 9 6.2a9 9 0 0 0 3.6-.8M10 10a2.8 2.8 0 0 0 4 4',
)
/** A rubber. */
export const EraserIcon = createIcon(
  'M9 19.5 3.8 14.300a1.5 1.5 0 0 1 0-2.1l8-8a1.5 1.5 0 0 1 2.1 0l5.9 5.9a1.5 1.5 0 0 1 0 2.1L12.5 19.5zM8 8.5l8 8M6.5 19.5h13',
)
/** A magnifying glass with a plus: larger. */
export const ZoomInIcon = createIcon(
  'M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M16 16l4.5 4.5M11 8.3v5.4M8.3 11h5.4',
)
/** A magnifying glass with a minus: smaller. */
export const ZoomOutIcon = createIcon(
  'M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M16 16l4.5 4.5M8.3 11h5.4',
)
/** Four corners: all of it. */
export const FitIcon = createIcon('M4.5 9V4.5H9M15 4.5h4.5V9M19.5 15v4.5H15M9 19.5H4.5V15')
/** An arrow that goes round: turn by a quarter. */
export const RotateIcon = createIcon('M18.5 5v4.5H14M18.3 9.3A7 7 0 1 0 19 13')
/** A corner that points to what comes before. */
export const PreviousIcon = createIcon('M14.5 5.5 8 12l6.5 6.5', 2)
/** A corner that points to what comes after. */
export const NextIcon = createIcon('M9.5 5.5 16 12l-6.5 6.5', 2)
/** A microphone. */
export const MicrophoneIcon = createIcon(
  'M12 4a2.8 2.8 0 0 0-2.8 2.8v4.4a2.8 2.8 0 0 0 5.6 0V6.8A2.8 2.8 0 0 0 12 4M6 11.2a6 6 0 0 0 12 0M12 17.4v3',
)
/** A square: stop. */
export const StopIcon = createIcon('M8 7h8a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1')
/** A flame: what burns. */
export const FlameIcon = createIcon(
  'M12 3.5c.6 3.6 5.8 5.6 5.8 10.6a5.8 5.8 0 0 1-11.6 0c0-2.4 1.2-4 2.4-5.2.3 1.6 1 2.5 2 3 .3-2.9-.6-5.6 1.4-8.4',
)
/** A telephone receiver. */
export const CallIcon = createIcon(
  'M7 4.5h2.4l1.3 4-1.9 1.5a10.5 10.5 0 0 0 5.2 5.2l1.5-1.9 4 1.3V17a2.5 2.5 0 0 1-2.7 2.5A13.8 13.8 0 0 1 4.5 7.2 2.5 2.5 0 0 1 7 4.5',
)
/** A film camera. */
export const VideoCallIcon = createIcon(
  'M5 7h8.5A1.5 1.5 0 0 1 15 8.5v7a1.5 1.5 0 0 1-1.5 1.5H5a1.5 1.5 0 0 1-1.5-1.5v-7A1.5 1.5 0 0 1 5 7M15 10.8l5.5-3v8.4l-5.5-3',
)
/** A star. */
export const StarIcon = createIcon(
  'M12 4.2l2.4 4.9 5.4.8-3.9 3.8.9 5.3-4.8-2.5L7.2 19l.9-5.3-3.9-3.8 5.4-.8z',
)
/** A folder. */
export const FolderIcon = createIcon('M4.5 6.5h5l2 2.5h8v9a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18z')
/** A letter and a sign: another language. */
export const TranslateIcon = createIcon(
  'M4.5 6.5h9M9 4.5v2M11.5 6.5c-.8 3.5-3 6-6.5 7.5M6.5 9.5c1 2 2.8 3.5 5 4.3M12 19.5l4-9 4 9M13.3 16.5h5.4',
)
/** A plus: another one. */
export const PlusIcon = createIcon('M12 5.5v13M5.5 12h13')
