import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { isAbort, isSourceError, type SourceError } from '../../../../src/core/base/sourceError.ts';
import { epochMicroseconds } from '../../../../src/core/base/units.ts';
import { systemClock } from '../../../../src/engine/systemClock.ts';
import { openJaegerSource } from '../../../../src/sources/jaeger/jaegerSource.ts';
import { eventually } from '../../../support/eventually.ts';
import { freePort } from '../../../support/freePort.ts';
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

const jaegerAt = (url: string, limits: { timeoutMs?: number; maxBytes?: number } = {}) =>
  openJaegerSource({
    url,
    headers: { Authorization: secret, 'X-Tenant': 'blue-tenant' },
    timeoutMs: 5_000,
    maxBytes: 1_000_000,
    sampleSize: 100,
    clock: systemClock,
    log: { info: record, warn: record, error: record },
    ...limits,
  });

/** The error of asking for services; no secret is anywhere in it. */
async function errorOf(url: string, limits = {}, signal = never): Promise<SourceError> {
  const error: unknown = await jaegerAt(url, limits)
    .services(signal)
    .then(
      (answer) => new Error(`answered ${inspect(answer)}`),
      (reason: unknown) => reason,
    );
  assert.ok(isSourceError(error), inspect(error));
  const everything = inspect(error, { depth: 20, showHidden: true });
  for (const part of ['s3cr3t-t0ken', 'blue-tenant'])
    assert.ok(!everything.includes(part), everything);
  return error;
}

/** Asks a server that answers this, and expects an error of that code whose sentence names the server. */
async function expectError(
  answer: RequestListener,
  code: SourceError['code'],
  sentence: RegExp,
  limits = {},
): Promise<SourceError> {
  const { url } = await serve(answer);
  const error = await errorOf(url, limits);
  assert.equal(error.code, code, error.message);
  assert.match(error.message, sentence);
  assert.ok(error.message.includes(url), error.message);
  return error;
}

const send =
  (
    body: string | Buffer,
    headers: Record<string, string> = { 'content-type': 'application/json' },
    status = 200,
  ) =>
  (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(status, headers).end(body);

const envelope = (data: unknown, errors: unknown = null) =>
  JSON.stringify({ data, total: 0, limit: 0, offset: 0, errors });

describe('a Jaeger that misbehaves', () => {
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
    for (const line of log.splice(0)) assert.doesNotMatch(line, /s3cr3t|blue-tenant/);
  });

  describe('silence', () => {
    it('a server that hangs is given up after the timeout, and its connection closed', async () => {
      const server = await serve(() => undefined);
      const error = await errorOf(server.url, { timeoutMs: 100 });
      assert.equal(error.code, 'timedOut');
      assert.equal(
        error.message,
        `${server.url} didn't respond within 0.1 s. Check Jaeger, shorten the time range, or increase the request timeout in Settings.`,
      );
      await eventually(
        'no connection',
        () => Promise.resolve(server.connections.size),
        (n) => n === 0,
      );
    });

    it('a server that trickles is given up after the timeout too', () =>
      expectError(
        (_, response) => {
          response.writeHead(200, { 'content-type': 'application/json' });
          const timer = setInterval(() => response.write(' '), 10);
          response.once('close', () => clearInterval(timer));
        },
        'timedOut',
        /didn't respond within 0.2 s/,
        { timeoutMs: 200 },
      ));

    it('a question that is cancelled rejects with AbortError, and its connection is closed', async () => {
      const stop = new AbortController();
      const server = await serve(() => {
        stop.abort();
      });
      await assert.rejects(jaegerAt(server.url).services(stop.signal), isAbort);
      await eventually(
        'no connection',
        () => Promise.resolve(server.connections.size),
        (n) => n === 0,
      );
    });

    it('closing the source cancels what is under way', async () => {
      let close = (): void => assert.fail('asked before there is a source');
      const server = await serve(() => close());
      const jaeger = jaegerAt(server.url);
      close = () => jaeger.dispose();
      await assert.rejects(jaeger.services(never), isAbort);
    });
  });

  describe('the network', () => {
    it('nothing listens', async () => {
      const url = `http://127.0.0.1:${String(await freePort())}`;
      const error = await errorOf(url);
      assert.equal(error.code, 'unreachable');
      assert.equal(error.message, `Connection to ${url} refused. Start Jaeger, or check the URL.`);
    });

    it('no such host', async () => {
      const error = await errorOf('http://jaeger.invalid:16686/base');
      assert.equal(error.code, 'unreachable');
      assert.match(error.message, /Can't find the host of http:\/\/jaeger.invalid:16686\/base/);
    });

    it('the connection breaks off in the middle of the answer', () =>
      expectError(
        (_, response) => {
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
          response.write('{"data":', () => response.socket?.destroy());
        },
        'unreachable',
        /closed the connection before/,
      ));

    it('the connection breaks off before an answer', () =>
      expectError(
        (request) => request.socket.resetAndDestroy(),
        'unreachable',
        /closed the connection before/,
      ));

    it('something else than HTTP listens', async () => {
      const server = createServer((socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n')).listen(
        0,
        '127.0.0.1',
      );
      await once(server, 'listening');
      const error = await errorOf(
        `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
      );
      server.close();
      assert.equal(error.code, 'unsupported');
      assert.match(error.message, /isn't an HTTP server. Check the port/);
    });

    it('https is asked of a server without it', async () => {
      const { url } = await serve(send(envelope([])));
      const error = await errorOf(url.replace('http:', 'https:'));
      assert.equal(error.code, 'unreachable');
      assert.match(error.message, /Try http:\/\/ instead of https:\/\/\./);
    });
  });

  describe('what it answers', () => {
    for (const [name, answer] of Object.entries({
      'a web page, as Jaeger does for paths it does not know': send(recordedPage, {
        'content-type': 'text/html; charset=utf-8',
      }),
      'a web page that calls itself JSON': send('\n <html><body>Sign in</body></html>'),
    }))
      it(name, () =>
        expectError(answer, 'unsupported', /a web page instead of data. Check the base path/),
      );

    it('broken JSON, of which nothing is quoted', async () => {
      const error = await expectError(send('{"data":["s3cr3t-t0ken"'), 'malformed', /invalid JSON/);
      assert.match(error.detail, /^\/api\/services: 23 characters$/);
    });

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
        'unreachable',
        /reported an error: no shard evila. Check the Jaeger log/,
      ));

    it('the right JSON under another content type is an answer', async () => {
      const { url } = await serve(
        send(envelope(['b', 'a', 'b']), { 'content-type': 'text/plain' }),
      );
      assert.deepEqual(await jaegerAt(url).services(never), ['a', 'b']);
    });

    it('a compressed answer is an answer', async () => {
      const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
      const { url } = await serve(send(gzipSync(envelope(['a'])), headers));
      assert.deepEqual(await jaegerAt(url).services(never), ['a']);
    });

    it('an answer that cannot be decompressed', () =>
      expectError(
        send('no gzip', { 'content-type': 'application/json', 'content-encoding': 'gzip' }),
        'malformed',
        /can't be decompressed/,
      ));
  });

  describe('too much', () => {
    const megabyte = Buffer.alloc(1_000_000, ' ');

    it('50 MB are cut off at the limit, while they come', async () => {
      let sent = 0;
      await expectError(
        (_, response) => {
          response.writeHead(200, { 'content-type': 'application/json' });
          const more = () => {
            while (!response.destroyed && sent < 50) {
              sent += 1;
              if (!response.write(megabyte)) return void response.once('drain', more);
            }
            response.end();
          };
          more();
        },
        'tooLarge',
        /is larger than 2 MB. Shorten the time range/,
        { maxBytes: 2_000_000 },
      );
      assert.ok(sent < 50, String(sent));
    });

    it('a gzip bomb is cut off at the limit, decompressed', () =>
      expectError(
        send(gzipSync(Buffer.alloc(20_000_000, ' ')), {
          'content-type': 'application/json',
          'content-encoding': 'gzip',
        }),
        'tooLarge',
        /is larger than 1 MB/,
      ));
  });

  describe('status codes', () => {
    const jaegers = (message: string) => envelope(null, [{ code: 500, msg: message }]);
    const cases: [number, string, SourceError['code'], RegExp][] = [
      [
        400,
        jaegers("parameter 'service' is required"),
        'rejected',
        /rejected the request \(HTTP 400\): parameter 'service' is required/,
      ],
      [
        401,
        'missing tenant header',
        'unauthorized',
        /denied access \(HTTP 401\). Run .* to set the header/,
      ],
      [403, '<html>', 'unauthorized', /denied access \(HTTP 403\)/],
      [
        404,
        '404 page not found',
        'unsupported',
        /has no \/api\/services \(HTTP 404\). Check the URL and base path/,
      ],
      [413, '', 'tooLarge', /The request is too large/],
      [418, '', 'unsupported', /Unexpected response from .* \(HTTP 418\)/],
      [429, '', 'busy', /Too many requests/],
      [503, '', 'busy', /reported an error \(HTTP 503\)/],
      [
        500,
        jaegers('no hosts available in the pool'),
        'unreachable',
        /HTTP 500\): no hosts available in the pool. Check the Jaeger log/,
      ],
      [
        500,
        jaegers(`refused ${secret}`),
        'unreachable',
        /HTTP 500\): refused •••. Check the Jaeger log/,
      ],
      [
        501,
        jaegers('metrics querying is currently disabled'),
        'unsupported',
        /metrics querying is currently disabled/,
      ],
      [502, '<html>nginx</html>', 'unreachable', /HTTP 502\). Check that Jaeger is running/],
      [504, '', 'timedOut', /timed out waiting for its backend/],
    ];
    for (const [status, body, code, sentence] of cases)
      it(`${String(status)} is ${code}: ${body.slice(0, 40)}`, () =>
        expectError(send(body, { 'content-type': 'text/plain' }, status), code, sentence));
  });

  describe('redirects', () => {
    it('within the origin are followed, with the headers', async () => {
      const { url } = await serve((request, response) => {
        if (request.url === '/api/services')
          response.writeHead(302, { location: '/real/services' }).end();
        else response.end(envelope([request.headers.authorization, request.url]));
      });
      assert.deepEqual(await jaegerAt(url).services(never), ['/real/services', secret]);
    });

    it('to another origin are refused: it is asked nothing and gets no header', async () => {
      let asked = 0;
      const other = await serve((_, response) => {
        asked += 1;
        response.end(envelope([]));
      });
      await expectError(
        send('', { location: `${other.url}/login?next=%2F` }, 302),
        'rejected',
        new RegExp(`redirects to another server, ${other.url}\\.`),
      );
      assert.equal(asked, 0);
    });

    it('in a circle end', () =>
      expectError(
        send('', { location: '/api/services' }, 302),
        'unsupported',
        /redirects in a loop/,
      ));
  });
});

describe('a Jaeger of which a part misbehaves', () => {
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
    log.length = 0;
  });

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
    const { url } = await serve(half(send(envelope(null, [{ msg: 'shard is down' }]), {}, 500)));
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
    const { traces, reason } = await jaegerAt(url, { timeoutMs: 300 }).search(everything, never);
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
    await assert.rejects(
      () => jaegerAt(url, { timeoutMs: 100 }).search(everything, never),
      /didn't respond/,
    );
    assert.ok(asked.length < 40, String(asked.length));
  });
});
