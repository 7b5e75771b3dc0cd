import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { drive } from '../../../samples/shop/traffic/drive.mts';
import { visits } from '../../../samples/shop/traffic/visits.mts';

/** Answers every request with the next id, and keeps what was asked. */
async function startRecorder() {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    request.resume();
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"id":7}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked, url, close: () => server.close().closeAllConnections() };
}

async function requestsOf(seed: number, visitCount: number) {
  const recorder = await startRecorder();
  const { url, asked } = recorder;
  const rate = 1_000;
  const urls = { 'shop-api': url, 'pricing-api': url };
  const report = await drive({ urls, seed, rate, seconds: visitCount / rate });
  recorder.close();
  return { asked: asked.sort(), report };
}

describe('traffic of the sample', () => {
  it('sends the same requests for the same seed, and others for another', async () => {
    const [first, again, other] = [
      await requestsOf(5, 40),
      await requestsOf(5, 40),
      await requestsOf(6, 40),
    ];
    assert.deepEqual(first.asked, again.asked);
    assert.notDeepEqual(first.asked, other.asked);
  });

  it('brings each kind of visit, even in a short run', async () => {
    const { report } = await requestsOf(1, visits.length);
    const routes = report.routes.map(({ method, route }) => `${method} ${route}`);
    for (const route of ['DELETE /api/v1/orders/:id', 'GET /api/v1/customers/:id/orders'])
      assert.ok(routes.includes(route), route);
    assert.equal(report.visits, visits.length);
  });

  it('reports every request once, by route and status', async () => {
    const { asked, report } = await requestsOf(2, 30);
    const counted = report.routes.reduce((sum, { count }) => sum + count, 0);
    assert.deepEqual([counted, report.requests], [asked.length, asked.length]);
    assert.ok(report.routes.every(({ statuses, count }) => statuses['200'] === count));
  });

  it('reports requests without an answer instead of failing', async () => {
    const recorder = await startRecorder();
    recorder.close();
    const { url } = recorder;
    const urls = { 'shop-api': url, 'pricing-api': url };
    const { failures, requests } = await drive({ urls, seed: 1, rate: 100, seconds: 0.05 });
    assert.deepEqual([failures.length, requests], [5, 0]);
  });
});
