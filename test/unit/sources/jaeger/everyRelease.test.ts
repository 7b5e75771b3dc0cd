import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { isSourceError } from '../../../../src/core/base/sourceError.ts';
import { systemClock } from '../../../../src/engine/systemClock.ts';
import { openJaegerSource } from '../../../../src/sources/jaeger/jaegerSource.ts';
import { summarizeTrace } from '../../../../src/sources/search/summarizeTrace.ts';
import {
  replayedService,
  replayJaeger,
  type ReplayedJaeger,
} from '../../../support/replayedJaeger.ts';
import { silentLog } from '../../../support/silentLog.ts';
import { never, query, wholeWindow } from '../../../support/sourceContract/sent.ts';
import { startTestServer } from '../../../support/testServer.ts';

const jaegerAt = (url: string) =>
  openJaegerSource({
    url,
    headers: {},
    timeoutMs: 5_000,
    maxBytes: 10_000_000,
    sampleSize: 100,
    clock: systemClock,
    log: silentLog,
  });
const traceId = '5801da477fbf6ce9e7e873802600957c';
const inQuestion = query({ service: replayedService });

describe('the newest Jaeger, which has dropped the JSON API', () => {
  let jaeger: ReplayedJaeger;
  beforeEach(async () => {
    jaeger = await replayJaeger({ basePath: '/tracing/ui' });
  });
  afterEach(() => jaeger.close());

  it('answers services and operations with their kinds', async () => {
    const source = jaegerAt(jaeger.url);
    assert.deepEqual(await source.services(never), [replayedService]);
    const operations = await source.operations(replayedService, never);
    assert.equal(operations.length, 23);
    assert.deepEqual(operations[0], { name: 'GET /users/:id', kind: 'server' });
    assert.deepEqual(await source.operations('nobody', never), []);
  });

  it('answers a trace by its id, and that there is none', async () => {
    const source = jaegerAt(jaeger.url);
    await source.services(never);
    const { spans, complete } = await source.trace(traceId, never);
    assert.deepEqual([spans.length, complete], [20, true]);
    await assert.rejects(
      source.trace('1'.repeat(32), never),
      (error) => isSourceError(error) && error.code === 'notFound',
    );
  });

  it('answers a search, newest first', async () => {
    const { traces, complete } = await jaegerAt(jaeger.url).search(inQuestion, never);
    assert.deepEqual([traces.length, complete], [6, true]);
    assert.deepEqual(
      traces.map(({ start }) => start),
      traces.map(({ start }) => start).sort((a, b) => b - a),
    );
  });

  it('answers a search for errors and for a duration that one span has', async () => {
    const source = jaegerAt(jaeger.url);
    const failed = await source.search({ ...inQuestion, errorsOnly: true }, never);
    assert.deepEqual(
      failed.traces.map(({ errorCount }) => errorCount),
      [3, 4],
    );
    const none = await source.search({ ...inQuestion, operation: 'nothing' }, never);
    assert.deepEqual([none.traces, none.complete], [[], true]);
  });

  it('answers a search by one condition from the lines of traces, as their spans say it', async () => {
    const source = jaegerAt(jaeger.url);
    for (const parts of [{}, { errorsOnly: true }, { operation: 'POST /users' }, { limit: 2 }]) {
      const { traces } = await source.search({ ...inQuestion, ...parts }, never);
      const { traces: whole } = await source.sample({ ...inQuestion, ...parts }, never);
      assert.deepEqual(
        traces,
        whole.map((spans) => summarizeTrace(spans, undefined)),
      );
      assert.ok(traces.length > 0);
    }
    assert.ok(jaeger.asked.some((path) => path.includes('/trace-summaries?query.serviceName')));
  });

  it('answers figures', async () => {
    const { operations, complete } = await jaegerAt(jaeger.url).figures(wholeWindow, never);
    const names = operations.map(({ key }) => key.name);
    assert.ok(names.includes('GET /users/:id'), names.join());
    assert.equal(complete, true);
  });

  it('is asked by its API v3 once that is known', async () => {
    const source = jaegerAt(jaeger.url);
    await source.services(never);
    await source.operations(replayedService, never);
    await source.trace(traceId, never);
    const below = '/tracing/ui/api';
    assert.deepEqual(
      jaeger.asked,
      [
        '/services',
        '/v3/services',
        `/v3/operations?service=${replayedService}`,
        `/v3/traces/${traceId}`,
      ].map((path) => `${below}${path}`),
    );
  });
});

describe('a Jaeger that is replaced by another release while it is read', () => {
  const page = readFileSync(
    new URL('../../../fixtures/jaeger/v1.67-unknown-path.html', import.meta.url),
  );
  const v1: RequestListener = (request, response) => {
    if (request.url === '/api/services') response.end('{"data":["of the JSON API"],"errors":null}');
    else response.writeHead(200, { 'content-type': 'text/html' }).end(page);
  };
  const v3: RequestListener = (request, response) => {
    if (request.url === '/api/v3/services') response.end('{"services":["of API v3"]}');
    else response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found\n');
  };

  it('is asked again which API it has', async () => {
    let release = v1;
    const server = await startTestServer((request, response) => release(request, response));
    const source = jaegerAt(server.url);
    assert.deepEqual(await source.services(never), ['of the JSON API']);
    release = v3;
    assert.deepEqual(await source.services(never), ['of API v3']);
    release = v1;
    assert.deepEqual(await source.services(never), ['of the JSON API']);
    await server.close();
  });

  it('what has neither API is told by what it answered first', async () => {
    const server = await startTestServer((_, response) => void response.writeHead(404).end());
    await assert.rejects(
      jaegerAt(server.url).services(never),
      /has no \/api\/services \(HTTP 404\)/,
    );
    await server.close();
  });
});
