import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { isAbort, isSourceError, type SourceError } from '../../../../src/core/base/sourceError.ts';
import { epochMicroseconds } from '../../../../src/core/base/units.ts';
import { systemClock } from '../../../../src/engine/systemClock.ts';
import { openJaegerSource } from '../../../../src/sources/jaeger/jaegerSource.ts';
import { startTestServer, type TestServer } from '../../../support/testServer.ts';

const recordedPage = readFileSync(
  new URL('../../../fixtures/jaeger/v1.67-unknown-path.html', import.meta.url),
);
const never = new AbortController().signal;
const secret = 'Bearer s3cr3t-t0ken';
const servers: TestServer[] = [];

async function serve(answer: RequestListener): Promise<TestServer> {
  const server = await startTestServer(answer);
  servers.push(server);
  return server;
}

const log: string[] = [];
const record = (text: string) => void log.push(text);

const jaegerAt = (url: string, timeoutMs = 5_000) =>
  openJaegerSource({
    url,
    headers: { Authorization: secret },
    timeoutMs,
    maxBytes: 1_000_000,
    sampleSize: 100,
    clock: systemClock,
    log: { info: record, warn: record, error: record },
  });

/** Asks a server that answers this for its services, and expects an error of that code without secrets. */
async function expectError(answer: RequestListener, code: SourceError['code'], sentence: RegExp) {
  const { url } = await serve(answer);
  const error: unknown = await jaegerAt(url)
    .services(never)
    .then(
      (services) => new Error(`answered ${inspect(services)}`),
      (reason: unknown) => reason,
    );
  assert.ok(isSourceError(error), inspect(error));
  assert.doesNotMatch(inspect(error, { depth: 20, showHidden: true }), /s3cr3t/);
  assert.equal(error.code, code, error.message);
  assert.match(error.message, sentence);
  assert.ok(error.message.includes(url), error.message);
}

const send =
  (body: string | Buffer, contentType = 'application/json', status = 200) =>
  (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': contentType }).end(body);

const envelope = (data: unknown, errors: unknown = null) =>
  JSON.stringify({ data, total: 0, limit: 0, offset: 0, errors });

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
  for (const line of log.splice(0)) assert.doesNotMatch(line, /s3cr3t/);
});

describe('a Jaeger that misbehaves', () => {
  it('answers its web page for a path it does not know', () =>
    expectError(
      send(recordedPage, 'text/html; charset=utf-8'),
      'unsupported',
      /a web page instead of data. Check the base path \(for example .*\/jaeger\)/,
    ));

  for (const body of [
    'null',
    '[]',
    '"text"',
    '{}',
    '{"data":{}}',
    '{"data":[1]}',
    '{"data":[],"errors":7}',
  ])
    it(`JSON that is not Jaeger's: ${body}`, () =>
      expectError(send(body), 'malformed', /isn't from Jaeger/));

  it('null for data is an answer: nothing there yet', async () => {
    const { url } = await serve(send(envelope(null)));
    const jaeger = jaegerAt(url);
    assert.deepEqual(await jaeger.services(never), []);
    assert.deepEqual(await jaeger.operations('x', never), []);
  });

  it('null for data with an error is that error, in one line', () =>
    expectError(
      send(envelope(null, [{ code: 500, msg: 'no\nshard \u202Eevila' }])),
      'failed',
      /reported an error: no shard evila. Check the Jaeger log/,
    ));

  it("an error status with Jaeger's envelope as text is told in its words", () =>
    expectError(
      send(envelope(null, [{ code: 500, msg: `refused ${secret}` }]), 'text/plain', 500),
      'failed',
      /HTTP 500\): refused •••. Check the Jaeger log/,
    ));

  it('names that come twice are there once, sorted', async () => {
    const { url } = await serve(send(envelope(['b', 'a', 'b'])));
    assert.deepEqual(await jaegerAt(url).services(never), ['a', 'b']);
  });

  it('closing the source cancels what is under way', async () => {
    let close = (): void => assert.fail('asked before there is a source');
    const server = await serve(() => close());
    const jaeger = jaegerAt(server.url);
    close = () => jaeger.dispose();
    await assert.rejects(jaeger.services(never), isAbort);
  });
});

describe('a Jaeger of which a part misbehaves', () => {
  const window = { start: epochMicroseconds(0), end: epochMicroseconds(4e15) };
  const recordedTraces = readFileSync(
    new URL('../../../fixtures/jaeger/v1.67-traces.json', import.meta.url),
  );
  const everything = {
    service: undefined,
    operation: undefined,
    minDuration: undefined,
    errorsOnly: false,
    window,
    limit: 100,
  };

  /** Has two services: the traces of one are recorded ones, those of the other are `other`. */
  const half =
    (other: RequestListener): RequestListener =>
    (request, response) => {
      if (request.url === '/api/services') response.end(envelope(['broken', 'users-api']));
      else if (request.url?.includes('service=broken') === true) other(request, response);
      else response.end(recordedTraces);
    };

  it('one service that fails leaves the traces and figures of the others, and says why', async () => {
    const { url } = await serve(half(send(envelope(null, [{ msg: 'shard is down' }]), '', 500)));
    const { traces, complete, reason } = await jaegerAt(url).search(everything, never);
    assert.deepEqual([traces.length, complete], [5, false]);
    assert.match(reason, /reported an error \(HTTP 500\): shard is down/);
    const figures = await jaegerAt(url).figures(window, never);
    assert.ok(figures.operations.length > 5);
    assert.deepEqual([figures.complete, figures.basis], [false, 'sampled']);
    assert.match(figures.reason, /shard is down/);
  });

  it('one service that hangs is given up, and the others are there', async () => {
    const { url } = await serve(half(() => undefined));
    const { traces, reason } = await jaegerAt(url, 300).search(everything, never);
    assert.equal(traces.length, 5);
    assert.match(reason, /didn't respond within 0.3 s/);
  });

  it('when every service fails, that is the error', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/api/services') response.end(envelope(['a', 'b']));
      else response.writeHead(503).end();
    });
    for (const ask of [
      () => jaegerAt(url).search(everything, never),
      () => jaegerAt(url).figures(window, never),
    ])
      await assert.rejects(ask, /reported an error \(HTTP 503\)/);
  });

  it('once it is late, no further service is asked', async () => {
    const asked: string[] = [];
    const { url } = await serve((request, response) => {
      const service = new URL(request.url ?? '', 'http://x').searchParams.get('service');
      if (service === null)
        response.end(envelope(Array.from({ length: 40 }, (_, n) => `s${String(n)}`)));
      else asked.push(service);
    });
    await assert.rejects(() => jaegerAt(url, 100).search(everything, never), /didn't respond/);
    assert.ok(asked.length < 40, String(asked.length));
  });
});
