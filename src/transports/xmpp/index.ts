/** XMPP: any server that speaks it over WebSocket, such as Prosody and ejabberd. */
export { createXmppTransport, registerXmppAccount } from './transport'
export type { XmppAccountOptions, XmppTransportOptions } from './options'
