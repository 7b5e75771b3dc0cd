import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A real HTTP server of a test, to misbehave as the test says. */
export interface TestServer {
  readonly url: string;
  /** Connections open right now. */
  readonly connections: ReadonlySet<Socket>;
  /** As a proxy: what to do when a tunnel is asked for. */
  onConnect(open: (request: IncomingMessage, socket: Socket) => void): void;
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1. `close` cuts what is still open. */
export async function startTestServer(answer: RequestListener): Promise<TestServer> {
  const connections = new Set<Socket>();
  const server = createServer(answer);
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.on('error', () => undefined); // The other side goes away: that is what is tested.
    socket.once('close', () => connections.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    connections,
    onConnect: (open) => void server.on('connect', open),
    close: async () => {
      server.closeAllConnections();
      for (const socket of connections) socket.destroy(); // Tunnels are none of the server's any more.
      server.close();
      await once(server, 'close');
    },
  };
}
