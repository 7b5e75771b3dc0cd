import type { Server } from 'node:http';

/** Time for requests that have begun, in ms, once a server is closed. */
const closePatience = 1_000;
const lookAtIdleEvery = 20;

/** Listens, or rejects with the system's error (`EADDRINUSE`). @returns the port. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Stops listening; requests that have begun are answered, or cut when they take longer than a second. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection is idle, and stays open, once its request is answered.
    const idle = setInterval(() => server.closeIdleConnections(), lookAtIdleEvery);
    const impatience = setTimeout(() => server.closeAllConnections(), closePatience);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(impatience);
      resolve();
    });
    server.closeIdleConnections();
  });
}

export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
