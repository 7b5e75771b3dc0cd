import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { SourceSettings } from '../../../src/sources/registry.ts';
import { startSlowProxy, type SlowProxy } from '../slowProxy.ts';
import type { Fault } from './fault.ts';
import type { JaegerRelease, JaegerStage } from './jaegerStage.ts';
import { answering, onPlace, jaegerAt } from './onJaeger.ts';

/** What may answer in the place of a Jaeger, or of a Jaeger in trouble. */
export const jaegerAnswerFaults = (release: JaegerRelease): readonly Fault[] =>
  faults.map((fault) => fault(release));

const reply =
  (status: number, contentType: string, body: string | Buffer, headers = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': contentType, ...headers }).end(body);

const plain = 'text/plain; charset=utf-8';
const json = 'application/json';
/** As v1.67 writes an error: JSON that calls itself plain text. */
const jaegerError = (code: number, msg: string): RequestListener =>
  reply(
    code,
    plain,
    JSON.stringify({ data: null, total: 0, limit: 0, offset: 0, errors: [{ code, msg }] }),
  );
const recordedPage = readFileSync(
  new URL('../../fixtures/jaeger/v1.67-unknown-path.html', import.meta.url),
);
const megabyte = Buffer.alloc(1_000_000, '[');

/** As long as the client listens: more than any limit. */
const endless =
  (everyMs: number, chunk: Buffer | string): RequestListener =>
  (_, response) => {
    response.writeHead(200, { 'content-type': json });
    const timer = setInterval(() => {
      if (!response.writableNeedDrain) response.write(chunk);
    }, everyMs);
    response.once('close', () => clearInterval(timer));
  };

/** Longer than a request may take. */
const longMs = 30_000;

interface Slowed extends JaegerStage {
  readonly settings: () => SourceSettings<'jaeger'>;
  readonly slow: SlowProxy;
}

const faults = [
  answering(
    'a web page (HTML) in place of data',
    /a web page instead of data/,
    reply(200, 'text/html; charset=utf-8', recordedPage),
  ),
  answering(
    'HTTP 401',
    /denied access \(HTTP 401\)\. Run "Spanhop: Set Jaeger Header…"/,
    reply(401, plain, 'missing token'),
  ),
  answering(
    'HTTP 403',
    /denied access \(HTTP 403\)/,
    reply(403, 'text/html', '<html>Forbidden</html>'),
  ),
  answering(
    'HTTP 404',
    /\(HTTP 404\)\. Check the URL and base path/,
    reply(404, plain, '404 page not found\n'),
  ),
  answering(
    'HTTP 429 with Retry-After: 30',
    /^Too many requests to .* \(HTTP 429\)\. Try again in 30 s\.$/,
    reply(429, plain, 'slow down', { 'retry-after': '30' }),
  ),
  answering(
    'HTTP 500 with JSON of Jaeger that calls itself text/plain',
    /reported an error \(HTTP 500\): no hosts available in the pool\. Check the Jaeger log\.$/,
    jaegerError(500, 'no hosts available in the pool'),
  ),
  answering(
    'HTTP 501',
    /rejected the request \(HTTP 501\): not implemented/,
    jaegerError(501, 'not implemented'),
  ),
  answering(
    'HTTP 502 of a reverse proxy whose Jaeger is gone',
    /reported an error \(HTTP 502\)\. Check that Jaeger is running\.$/,
    reply(502, 'text/html', '<html>502 Bad Gateway</html>'),
  ),
  answering('HTTP 503', /\(HTTP 503\)/, reply(503, plain, '')),
  answering('HTTP 504', /timed out waiting for its backend \(HTTP 504\)/, reply(504, plain, '')),
  answering(
    'redirects to a login page',
    /redirects to another server, https:\/\/login\.example\./,
    reply(302, plain, '', { location: 'https://login.example/authorize?from=jaeger' }),
  ),
  answering(
    'JSON of something else',
    /returned JSON that isn't from Jaeger\. Check the URL\.$/,
    reply(200, json, '{"status":"ok"}'),
  ),
  answering(
    'a response that is cut off',
    /closed the connection before the response was complete/,
    (_, response) => {
      response.writeHead(200, { 'content-type': json, 'content-length': '100000' });
      response.write('{"data":[', () => response.socket?.destroy());
    },
  ),
  answering(
    'JSON that is cut off, in a complete response',
    /invalid JSON/,
    reply(200, json, '{"data":["shop-'),
  ),
  answering(
    'compressed, and cut off',
    /invalid JSON/,
    reply(200, json, gzipSync(`["${'shop-api '.repeat(1_000)}"]`).subarray(0, 40), {
      'content-encoding': 'gzip',
    }),
  ),
  answering(
    'said to be compressed, and not',
    /can't be decompressed/,
    reply(200, json, '{"data":[]}', { 'content-encoding': 'gzip' }),
  ),
  answering('a response that never ends', /didn't respond within/, endless(50, ' ')),
  answering(
    'a response larger than the limit (256 MB)',
    /is larger than 256 MB/,
    endless(1, megabyte),
  ),
  onPlace<Slowed>(
    {
      title: 'a response that takes 30 s',
      says: /didn't respond within/,
      begin: ({ slow }) => {
        slow.delayMs = longMs;
      },
      end: ({ slow }) => {
        slow.delayMs = 0;
      },
    },
    async (stage) => {
      const slow = await startSlowProxy(`http://127.0.0.1:${String(stage.behind)}`);
      stage.relay.to(Number(new URL(slow.url).port));
      return {
        ...stage,
        slow,
        settings: () => jaegerAt(stage.url, stage.times),
        close: async () => {
          await stage.close();
          slow.close();
        },
      };
    },
  ),
];
