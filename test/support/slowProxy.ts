import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A reverse proxy that takes its time, and counts what its client gives up. */
export interface SlowProxy {
  readonly url: string;
  /** Before each request is passed on, from now on. */
  delayMs: number;
  /** Requests not answered yet. */
  readonly open: () => number;
  /** Requests whose client hung up before their answer was there. */
  readonly givenUp: () => number;
  close(): void;
}

/** Stands before `target` on a port of its own. */
export async function startSlowProxy(target: string): Promise<SlowProxy> {
  const [open, answered] = [new Set<object>(), new Set<object>()];
  let givenUp = 0;
  const server = createServer((incoming, response) => {
    open.add(response);
    const passOn = setTimeout(() => {
      const { method, url = '', headers } = incoming;
      const host = new URL(target).host;
      const onward = request(target + url, { method, headers: { ...headers, host } }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        answer.on('end', () => answered.add(response));
      });
      onward.on('error', () => response.destroy());
      onward.end();
    }, proxy.delayMs);
    response.on('close', () => {
      clearTimeout(passOn);
      open.delete(response);
      if (!answered.delete(response)) givenUp += 1;
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const proxy: SlowProxy = {
    url: `http://127.0.0.1:${String(port)}`,
    delayMs: 0,
    open: () => open.size,
    givenUp: () => givenUp,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return proxy;
}
