import type { Message, Part, PartKind } from 'vue-parley/core'
import { STORY_NOW } from './storyWorld'
import { aTone } from './tone'

/** A message said elsewhere, for a chat history. */
function said(senderName: string, text: string, minute: number): Message {
  return {
    conversationId: 'elsewhere',
    keys: [`said:${minute}`],
    senderId: senderName.toLowerCase(),
    senderName,
    sentAt: STORY_NOW - 86_400_000 + minute * 60_000,
    delivery: 'stored',
    parts: [{ kind: 'text', text }],
  }
}

/** How loud a sentence is. */
export const peaks = Array.from({ length: 48 }, (_, index) =>
  Math.abs(Math.sin(index / 3) * Math.cos(index / 11)),
)

/** A file of this machine; its kind follows from its type. */
export function file(name: string, mime: string, content: Blob, durationMs = 1_000): Part {
  return {
    kind: mime.startsWith('audio') ? 'audio' : mime.startsWith('video') ? 'video' : 'file',
    file: { at: 'local', source: 'blob', value: content, name, bytes: content.size, mime },
    ...(mime.startsWith('audio') && { durationMs, peaks }),
  }
}

const minutes = new Blob(['Minutes of the meeting\n'.repeat(3_000)], { type: 'text/plain' })
const inner: Part = {
  kind: 'merged',
  title: 'Kitchen table',
  abstracts: ['Nora: The plums are ripe'],
  items: [said('Nora', 'The plums are ripe', 1)],
}
/** A chat history that holds another one. */
export const history: Part = {
  kind: 'merged',
  title: 'Garden group',
  abstracts: ['Nora: Who waters tomorrow?', 'Tom: I do, after nine', 'Nora: [Chat history] Kitchen table'],
  items: [
    said('Nora', 'Who waters tomorrow?', 1),
    said('Tom', 'I do, after nine', 2),
    { ...said('Nora', '', 3), parts: [inner] },
  ],
}

/** Every kind of part that can be sent: a kind without a sample does not compile. */
export const kindSamples: Readonly<
  Record<Exclude<PartKind, 'notice' | 'unsupported'>, readonly (readonly Part[])[]>
> = {
  text: [
    [{ kind: 'text', text: 'Two kettles are on their way. 水壶已发货 https://example.org' }],
    [{ kind: 'text', text: '🎉' }],
  ],
  image: [
    [
      {
        kind: 'image',
        file: { at: 'remote', key: 'picture:2', name: 'ridge.png', mime: 'image/png' },
        width: 320,
        height: 160,
      },
    ],
  ],
  video: [[file('clip.mp4', 'video/mp4', new Blob([new Uint8Array(2_000)], { type: 'video/mp4' }))]],
  audio: [[file('voice.wav', 'audio/wav', aTone(1_000))]],
  file: [[file('Minutes 会议纪要.txt', 'text/plain', minutes)]],
  face: [[{ kind: 'face', key: 'dancing-panda' }]],
  location: [
    [{ kind: 'location', latitude: 31.23041, longitude: 121.4737, label: '人民广场 People’s Square' }],
  ],
  call: [
    [{ kind: 'call', media: 'audio', outcome: 'answered', durationMs: 192_000 }],
    [{ kind: 'call', media: 'video', outcome: 'missed' }],
    [{ kind: 'call', media: 'audio', outcome: 'declined' }],
  ],
  card: [[{ kind: 'card', of: 'user', id: 'carol' }], [{ kind: 'card', of: 'group', id: 'review' }]],
  merged: [[history]],
  custom: [[{ kind: 'custom', type: 'app/order', data: { id: 7 }, fallback: 'Order 7: two kettles' }]],
}
