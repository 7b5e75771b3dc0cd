import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { SelfSigned } from '../certificates.ts';

/**
 * Bytes passed on to a server, so that its address stays what it is whatever becomes of the server: another behind it,
 * none, or one that is cut off.
 */
export interface Relay {
  readonly port: number;
  /** Connections of clients that are open now. */
  readonly connections: ReadonlySet<Socket>;
  /** Cuts what is open and passes what comes to another port of this machine. */
  to(port: number): void;
  /** Cuts what is open and shows this certificate to clients; undefined: passes on their bytes as they are. */
  showCertificate(certificate: SelfSigned | undefined): void;
  /** Stops listening, as after the end of a server, or listens again on the same port. */
  listen(listens: boolean): Promise<void>;
  /** Settled in the middle of the next response that is longer than `bytes`: the rest of it is held back. */
  holdAfter(bytes: number): Promise<void>;
  /** Passes on what was held back. */
  release(): void;
  close(): Promise<void>;
}

/** Stands before a port of 127.0.0.1, on a port of its own. */
export async function startRelay(target: number): Promise<Relay> {
  const connections = new Set<Socket>();
  let port = target;
  let certificate: SelfSigned | undefined;
  let hold: { readonly bytes: number; readonly reached: () => void } | undefined;
  let held: (() => void)[] = [];
  const cut = () => {
    for (const socket of connections) socket.destroy();
  };

  const server = createServer((plain) => {
    connections.add(plain);
    plain.once('close', () => connections.delete(plain));
    const client = certificate ? secured(plain, certificate) : plain;
    const behind = connect(port, '127.0.0.1');
    let passed = 0;
    client.on('data', (chunk: Buffer) => {
      passed = 0;
      behind.write(chunk);
    });
    behind.on('data', (chunk: Buffer) => {
      client.write(chunk);
      passed += chunk.length;
      if (hold === undefined || passed <= hold.bytes) return;
      behind.pause();
      held.push(() => behind.resume());
      hold.reached();
    });
    for (const [side, other] of [
      [client, behind],
      [behind, client],
    ] as const) {
      side.on('error', () => undefined); // The other side goes away: that is what is tested.
      side.once('end', () => other.end());
      side.once('close', () => other.destroy());
    }
    plain.on('error', () => undefined);
    plain.once('close', () => behind.destroy());
  });
  const listen = async (at: number) => {
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
  };
  const stopListening = async () => {
    if (!server.listening) return;
    server.close();
    cut();
    await once(server, 'close');
  };
  await listen(0);
  const own = (server.address() as AddressInfo).port;
  return {
    port: own,
    connections,
    to: (other) => {
      port = other;
      cut();
    },
    showCertificate: (other) => {
      certificate = other;
      cut();
    },
    listen: (listens) => (listens ? listen(own) : stopListening()),
    holdAfter: (bytes) =>
      new Promise((resolve) => {
        hold = { bytes, reached: resolve };
      }),
    release: () => {
      hold = undefined;
      for (const resume of held.splice(0)) resume();
    },
    close: async () => {
      held = [];
      await stopListening();
    },
  };
}

const secured = (socket: Socket, { certificate, key }: SelfSigned): TLSSocket =>
  new TLSSocket(socket, {
    isServer: true,
    secureContext: createSecureContext({ cert: certificate, key }),
  });
