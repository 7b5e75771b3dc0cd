import type { Socket } from 'node:net';
import type { Driver } from './driver.ts';

/** What is used of the driver's inside (4.10, lib/control-connection.js). */
interface Inside {
  readonly controlConnection: {
    readonly connection?: { readonly netClient?: Socket } | null;
    _refresh: () => Promise<void>;
  };
}

const socketOf = (client: Driver.Client): Socket | undefined =>
  (client as unknown as Inside).controlConnection.connection?.netClient;

/**
 * Keeps the driver from dialling a node again that it lost. It does so even while it is shut down, and then never
 * closes what it opened: the session connects anew with its next question.
 */
export function neverAgain(client: Driver.Client): Driver.Client {
  const { controlConnection } = client as unknown as Inside;
  controlConnection._refresh = () => Promise.resolve();
  return client;
}

/**
 * Ends the connection with the error that `check` returns for as many bytes as have come. The driver keeps all that comes
 * of a response until it is whole.
 */
export function limitUnread(
  client: Driver.Client,
  check: (bytes: number) => Error | undefined,
): void {
  const socket = socketOf(client);
  socket?.on('data', ({ length }: Buffer) => {
    const error = check(length);
    if (error) socket.destroy(error);
  });
}

/** Closes its sockets and timers; of a client whose connecting failed half-way the driver forgets the socket. */
export async function closeClient(client: Driver.Client): Promise<void> {
  const socket = socketOf(client);
  const ended = client.shutdown().catch(() => undefined);
  // Nothing is under way that matters, and a node that stopped would never say goodbye.
  socket?.destroy();
  await ended;
}
