import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** A road to a server on this machine that can be cut at any moment. */
export interface Tunnel {
  /** The same service, through the tunnel. */
  readonly service: string
  /** Ends all that runs through it, with whatever was on its way; new ones may come at once. */
  cut(): void
  close(): Promise<void>
}

/** Opens a tunnel to the host and port of a WebSocket's address; `overhear` is told all that runs through it. */
export async function openTunnel(
  service: string,
  overhear: (from: 'client' | 'server', bytes: Buffer) => void = () => undefined,
): Promise<Tunnel> {
  const url = new URL(service)
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  }
  const server = createServer((near) => {
    const far = connect(Number(url.port), url.hostname)
    keep(near)
    keep(far)
    near.on('data', (bytes: Buffer) => overhear('client', bytes))
    far.on('data', (bytes: Buffer) => overhear('server', bytes))
    near.pipe(far).pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const cut = () => sockets.forEach((socket) => socket.destroy())
  return {
    service: `ws://127.0.0.1:${port}${url.pathname}`,
    cut,
    close: () =>
      new Promise((resolve) => {
        cut()
        server.close(() => resolve())
      }),
  }
}
