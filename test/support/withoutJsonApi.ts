import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';

/**
 * In front of a Jaeger, as 2.21 and later: without what they dropped of the JSON API.
 * @param url with the base path of Jaeger, which stays the same
 */
export async function withoutJsonApi(url: string) {
  const basePath = new URL(url).pathname.replace(/\/$/, '');
  const server = createServer((asked, answer) => {
    const path = asked.url?.slice(basePath.length) ?? '';
    if (/^\/api\/(services|operations|traces\?)/.test(path)) {
      answer.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found\n');
      return;
    }
    const passed = request(new URL(asked.url ?? '', url), { headers: asked.headers }, (given) => {
      answer.writeHead(given.statusCode ?? 500, given.headers);
      pipeline(given, answer, () => undefined); // One that breaks off does so on both sides.
    });
    passed.on('error', () => answer.destroy());
    answer.once('close', () => passed.destroy());
    asked.pipe(passed);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}${basePath}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
