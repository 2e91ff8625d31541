/** A cache as version 1 wrote it: the stores with their key paths, and rows. It stays as it is, whatever the code becomes. */
export const VERSION_1 = {
  /** Dexie counts in tens. */
  version: 10,
  stores: {
    meta: 'id',
    conversations: 'id',
    messages: ['conversationId', 'major', 'minor', 'tie'],
    names: ['conversationId', 'key'],
    spans: 'conversationId',
    tombstones: ['conversationId', 'key'],
    earlyChanges: 'conversationId',
    receipts: ['conversationId', 'userId', 'state'],
    ownReads: 'conversationId',
    profiles: 'id',
    groups: 'id',
    contacts: 'userId',
    drafts: 'conversationId',
    outbox: 'id',
    outboxOrder: 'position',
    media: 'key',
    mediaUses: 'key',
  },
  counted: ['outboxOrder'],
  rows: {
    meta: [
      { id: 'era', value: 'e' },
      { id: 'epoch', value: 3 },
      { id: 'checkpoint', value: 'p' },
    ],
    conversations: [
      { id: 'c1', conversation: { id: 'c1', kind: 'direct', peerId: 'bob' }, clearedUpToAt: 5 },
    ],
    messages: [
      {
        conversationId: 'c1',
        major: 7,
        minor: '',
        tie: 0,
        message: {
          conversationId: 'c1',
          keys: ['k'],
          order: { major: 7 },
          sentAt: 9,
          senderId: 'bob',
          parts: [{ kind: 'text', text: 'hello' }],
          delivery: 'stored',
        },
      },
    ],
    names: [{ conversationId: 'c1', key: 'k', place: [7, '', 0] }],
    spans: [
      { conversationId: 'c1', spans: [{ from: [7, '', 0], to: [7, '', 0], older: 'start', liveEpoch: 3 }] },
    ],
    tombstones: [{ conversationId: 'c1', key: 'gone' }],
    profiles: [{ id: 'bob', value: { id: 'bob', name: 'Bob' }, heardAt: 8 }],
    contacts: [{ userId: 'bob', contact: { userId: 'bob' } }],
    drafts: [{ conversationId: 'c1', draft: { text: 'hi', images: [] } }],
    outbox: [
      {
        id: 'o',
        item: {
          id: 'o',
          lane: 'c1',
          command: { type: 'markAllRead' },
          queuedAt: 1,
          state: 'queued',
          attempts: 0,
        },
      },
    ],
    outboxOrder: [{ position: 4, id: 'o' }],
  } as Readonly<Record<string, readonly object[]>>,
}
