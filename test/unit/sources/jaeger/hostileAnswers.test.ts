import assert from 'node:assert/strict';
import { isSourceError } from '../../../../src/core/base/sourceError.ts';
import { epochMicroseconds } from '../../../../src/core/base/units.ts';
import type { TraceSource } from '../../../../src/core/ports.ts';
import { systemClock } from '../../../../src/engine/systemClock.ts';
import { openJaegerSource } from '../../../../src/sources/jaeger/jaegerSource.ts';
import { silentLog } from '../../../support/silentLog.ts';
import { startTestServer, type TestServer } from '../../../support/testServer.ts';

const never = new AbortController().signal;
const window = { start: epochMicroseconds(0), end: epochMicroseconds(4e15) };
const timeoutMs = 3_000;
const megabytes = 6;

const many = (entry: string, size = megabytes * 1e6): string =>
  Array.from({ length: Math.floor(size / (entry.length + 1)) }, () => entry).join(',');
const id = '1'.repeat(32);
const trace = (parts: string): string => `{"data":[{"traceID":"${id}",${parts}}]}`;
const processes = '"processes":{"p1":{"serviceName":"shop","tags":[]}}';
const span = (parts: string): string =>
  `{"traceID":"${id}","spanID":"${id.slice(16)}","operationName":"a","startTime":1,"duration":1,"processID":"p1",${parts}}`;
const spans = (list: string): string => trace(`"spans":[${list}],${processes}`);
/** Keeps what is dense from being told by that alone. */
const filler = `"filler":"${'x'.repeat(megabytes * 1e6)}"`;

/** Bodies within the limit of bytes that are nothing but work. */
const bodies: Readonly<Record<string, string>> = {
  'empty objects': `{"data":[${many('{}')}]}`,
  'empty lists': `{"data":[${many('[]')}]}`,
  numbers: `{"data":[${many('1')}]}`,
  'texts without a letter': `{"data":[${many('""')}]}`,
  'lists in lists': `{"data":${'['.repeat(megabytes * 5e5)}${']'.repeat(megabytes * 5e5)}}`,
  'objects in objects': `{"data":${'{"a":'.repeat(4e5)}1${'}'.repeat(4e5)}}`,
  'one text': `{"data":["${'x'.repeat(megabytes * 1e6)}",7]}`,
  errors: `{"data":null,"errors":[${many('{}')}]}`,
  'empty spans': spans(many('{}')),
  'empty spans beside a text': trace(`"spans":[${many('{}', 2e6)}],${processes},${filler}`),
  'empty tags': spans(span(`"tags":[${many('{}')}]`)),
  'empty logs': spans(span(`"logs":[${many('{}')}]`)),
  'empty references': spans(span(`"references":[${many('{}')}]`)),
  'empty processes': trace(`"spans":[],"processes":{${many('"p":{}')}}`),
  'empty processes beside a text': trace(
    `"spans":[],"processes":{${Array.from({ length: 200_000 }, (_, n) => `"${String(n)}":{}`).join(',')}},${filler}`,
  ),
  'empty resources of API v3': `{"result":{"resourceSpans":[${many('{}')}]}}`,
  'empty spans of API v3': `{"result":{"resourceSpans":[{"scopeSpans":[{"spans":[${many('{}')}]}]}]}}`,
};

const everything = { operation: undefined, minDuration: undefined, errorsOnly: false, window };
const questions: Readonly<Record<string, (source: TraceSource) => Promise<unknown>>> = {
  services: (source) => source.services(never),
  operations: (source) => source.operations('shop', never),
  trace: (source) => source.trace(id, never),
  'search of all services': (source) =>
    source.search({ ...everything, service: undefined, limit: 20 }, never),
};

describe('an answer that is within the limit of bytes and nothing but work', function () {
  this.timeout(60_000);
  let server: TestServer | undefined;
  let body = '';
  /** Asked of the JSON API, sends the questioner on to API v3. */
  let asksV3 = false;
  before(async () => {
    server = await startTestServer((request, response) => {
      if (asksV3 && request.url?.startsWith('/api/v3') === false)
        response.writeHead(500).end('json: unsupported value: NaN');
      else response.end(body);
    });
  });
  after(() => server?.close());
  const sourceThere = () =>
    openJaegerSource({
      url: server?.url ?? '',
      headers: {},
      timeoutMs,
      maxBytes: 64_000_000,
      sampleSize: 100,
      clock: systemClock,
      log: silentLog,
    });

  for (const [what, text] of Object.entries(bodies))
    it(`${what}: every question ends soon, with an answer or an error that says what to do`, async () => {
      body = text;
      asksV3 = what.includes('v3');
      const source = sourceThere();
      const asked = Object.entries(questions).filter(([name]) => !asksV3 || name !== 'services');
      for (const [name, ask] of asked) {
        const began = performance.now();
        const error: unknown = await ask(source).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        const took = performance.now() - began;
        assert.ok(error === undefined || isSourceError(error), `${name}: ${String(error)}`);
        assert.ok(took < 3 * timeoutMs, `${name} took ${took.toFixed(0)} ms`);
      }
    });

  it('is said to be not of a Jaeger where it cannot be', async () => {
    body = bodies['empty objects'] ?? '';
    asksV3 = false;
    await assert.rejects(() => sourceThere().services(never), /JSON that isn't from Jaeger/);
  });
});
