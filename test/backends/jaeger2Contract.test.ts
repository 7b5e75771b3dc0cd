import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../src/engine/systemClock.ts';
import { openJaegerSource } from '../../src/sources/jaeger/jaegerSource.ts';
import { startJaeger2 } from '../support/backends/jaeger2.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { silentLog } from '../support/silentLog.ts';
import { describeTraceSource } from '../support/sourceContract.ts';

const basePath = '/tracing/ui';

for (const api of ['its JSON API', 'API v3 alone'])
  describeTraceSource(`Jaeger 2 below ${basePath} by ${api}`, async () => {
    const jaeger = await startJaeger2({ basePath });
    const front = api === 'API v3 alone' ? await withoutJsonApi(jaeger.url) : undefined;
    return {
      source: openJaegerSource({
        url: front?.url ?? jaeger.url,
        headers: {},
        timeoutMs: 20_000,
        maxBytes: 50_000_000,
        sampleSize: 5_000,
        clock: systemClock,
        log: silentLog,
      }),
      send: (spans) => sendOtlp(jaeger.otlp, spans),
      close: async () => {
        await front?.close();
        await jaeger.stop();
      },
    };
  });

/** In front of a Jaeger, as 2.21 and later: without what they dropped of the JSON API. */
async function withoutJsonApi(url: string) {
  const server = createServer((asked, answer) => {
    const path = asked.url?.slice(basePath.length) ?? '';
    if (/^\/api\/(services|operations|traces\?)/.test(path)) {
      answer.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found\n');
      return;
    }
    const passed = request(new URL(asked.url ?? '', url), { headers: asked.headers }, (given) => {
      answer.writeHead(given.statusCode ?? 500, given.headers);
      given.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
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
