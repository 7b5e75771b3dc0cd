import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { isAbort, isSourceError, type SourceError } from '../../../../src/core/base/sourceError.ts';
import { openServer } from '../../../../src/sources/http/httpServer.ts';
import { readJson } from '../../../../src/sources/http/jsonAnswer.ts';
import { eventually } from '../../../support/eventually.ts';
import { freePort } from '../../../support/freePort.ts';
import { lanterns } from '../../../support/lanterns.ts';
import { startTestServer, type TestServer } from '../../../support/testServer.ts';

const never = new AbortController().signal;
const secret = 'Bearer s3cr3t-t0ken';
const servers: TestServer[] = [];

async function serve(answer: RequestListener): Promise<TestServer> {
  const server = await startTestServer(answer);
  servers.push(server);
  return server;
}

interface Limits {
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
}

/** The JSON at `/api/list` of a server. */
async function ask(url: string, signal: AbortSignal, limits: Limits = {}): Promise<unknown> {
  const server = openServer(lanterns, {
    url,
    headers: { Authorization: secret, 'X-Tenant': 'blue-tenant' },
    timeoutMs: 5_000,
    maxBytes: 1_000_000,
    ...limits,
  });
  return readJson(await server.get('/api/list', {}, signal));
}

/** The error of asking; no secret is anywhere in it. */
async function errorOf(url: string, limits: Limits = {}): Promise<SourceError> {
  const error: unknown = await ask(url, never, limits).then(
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
  limits: Limits = {},
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

describe('a server that misbehaves', () => {
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  describe('silence', () => {
    it('a server that hangs is given up after the timeout, and its connection closed', async () => {
      const server = await serve(() => undefined);
      const error = await errorOf(server.url, { timeoutMs: 100 });
      assert.equal(error.code, 'timedOut');
      assert.equal(
        error.message,
        `${server.url} didn't respond within 0.1 s. Check Lanterns, shorten the time range, or increase the request timeout in Settings.`,
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
      await assert.rejects(ask(server.url, stop.signal), isAbort);
      await eventually(
        'no connection',
        () => Promise.resolve(server.connections.size),
        (n) => n === 0,
      );
    });
  });

  describe('the network', () => {
    it('nothing listens', async () => {
      const url = `http://127.0.0.1:${String(await freePort())}`;
      const error = await errorOf(url);
      assert.equal(error.code, 'unreachable');
      assert.equal(
        error.message,
        `Connection to ${url} refused. Start Lanterns, or check the URL.`,
      );
    });

    it('no such host', async () => {
      const error = await errorOf('http://lanterns.invalid:7000/base');
      assert.equal(error.code, 'unreachable');
      assert.match(error.message, /Can't find the host of http:\/\/lanterns.invalid:7000\/base/);
    });

    it('the connection breaks off in the middle of the answer', () =>
      expectError(
        (_, response) => {
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
          response.write('[1,', () => response.socket?.destroy());
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

    it('the connection ends without a word, as that of a server of TLS may', () =>
      expectError(
        (request) => request.socket.destroy(),
        'unreachable',
        /closed the connection without a response\. Check that Lanterns is running, or try https:\/\/\.$/,
      ));

    it('a server of TLS says that it is one', async () => {
      for (const said of [
        'Client sent an HTTP request to an HTTPS server.\n',
        '<html><body>The plain HTTP request was sent to HTTPS port</body></html>',
      ])
        await expectError(
          send(said, { 'content-type': 'text/plain' }, 400),
          'unreachable',
          /uses TLS\. Use https:\/\/ instead of http:\/\/\.$/,
        );
    });

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
      assert.match(
        error.message,
        /isn't an HTTP server. Check the port; the default port of Lanterns is 7000/,
      );
    });

    it('https is asked of a server without it', async () => {
      const { url } = await serve(send('[]'));
      const error = await errorOf(url.replace('http:', 'https:'));
      assert.equal(error.code, 'unreachable');
      assert.match(error.message, /Try http:\/\/ instead of https:\/\/\./);
    });
  });

  describe('what it answers', () => {
    for (const [name, answer] of Object.entries({
      'a web page': send('', { 'content-type': 'text/html; charset=utf-8' }),
      'a web page that calls itself JSON': send('\n <html><body>Sign in</body></html>'),
    }))
      it(name, () =>
        expectError(
          answer,
          'unsupported',
          /a web page instead of data. Check the base path \(for example http:\/\/127.0.0.1:\d+\/lanterns\)/,
        ),
      );

    it('broken JSON, of which nothing is quoted', async () => {
      const error = await expectError(send('{"list":["s3cr3t-t0ken"'), 'malformed', /invalid JSON/);
      assert.match(error.detail, /^\/api\/list: 23 characters$/);
    });

    it('the right JSON under another content type is an answer', async () => {
      const { url } = await serve(send('["a"]', { 'content-type': 'text/plain' }));
      assert.deepEqual(await ask(url, never), ['a']);
    });

    it('a compressed answer is an answer', async () => {
      const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
      const { url } = await serve(send(gzipSync('["a"]'), headers));
      assert.deepEqual(await ask(url, never), ['a']);
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
    const failure = (problem: string) => JSON.stringify({ problem });
    const cases: [number, string, SourceError['code'], RegExp][] = [
      [
        400,
        failure("parameter 'service'\nis required \u202E"),
        'rejected',
        /rejected the request \(HTTP 400\): parameter 'service' is required/,
      ],
      [
        401,
        'missing tenant header',
        'unauthorized',
        /denied access \(HTTP 401\). Run "Spanhop: Set Lanterns Header…" to set the header/,
      ],
      [403, '<html>', 'unauthorized', /denied access \(HTTP 403\)/],
      [
        404,
        '404 page not found',
        'unsupported',
        /has no \/api\/list \(HTTP 404\). Check the URL and base path/,
      ],
      [413, '', 'tooLarge', /The request is too large/],
      [418, '', 'unsupported', /Unexpected response from .* \(HTTP 418\)/],
      [429, '', 'busy', /Too many requests/],
      [503, '', 'busy', /reported an error \(HTTP 503\)/],
      [
        500,
        failure('no hosts available in the pool'),
        'failed',
        /HTTP 500\): no hosts available in the pool. Check the Lanterns log/,
      ],
      [
        500,
        failure(`refused ${secret}`),
        'failed',
        /HTTP 500\): refused •••. Check the Lanterns log/,
      ],
      [
        501,
        failure('metrics querying is currently disabled'),
        'unsupported',
        /metrics querying is currently disabled/,
      ],
      [502, '<html>nginx</html>', 'unreachable', /HTTP 502\). Check that Lanterns is running/],
      [504, '', 'timedOut', /timed out waiting for its backend/],
    ];
    for (const [status, body, code, sentence] of cases)
      it(`${String(status)} is ${code}: ${body.slice(0, 40)}`, () =>
        expectError(send(body, { 'content-type': 'text/plain' }, status), code, sentence));
  });

  describe('redirects', () => {
    it('within the origin are followed, with the headers', async () => {
      const { url } = await serve((request, response) => {
        if (request.url === '/api/list') response.writeHead(302, { location: '/real/list' }).end();
        else response.end(JSON.stringify([request.headers.authorization, request.url]));
      });
      assert.deepEqual(await ask(url, never), [secret, '/real/list']);
    });

    it('to another origin are refused: it is asked nothing and gets no header', async () => {
      let asked = 0;
      const other = await serve((_, response) => {
        asked += 1;
        response.end('[]');
      });
      await expectError(
        send('', { location: `${other.url}/login?next=%2F` }, 302),
        'rejected',
        new RegExp(`redirects to another server, ${other.url}\\.`),
      );
      assert.equal(asked, 0);
    });

    it('in a circle end', () =>
      expectError(send('', { location: '/api/list' }, 302), 'unsupported', /redirects in a loop/));
  });
});
