import { readFileSync } from 'node:fs';
import { epochMicroseconds } from '../src/core/base/units.ts';
import { systemClock } from '../src/engine/systemClock.ts';
import { openJaegerSource } from '../src/sources/jaeger/jaegerSource.ts';
import { readTraces } from '../src/sources/jaeger/readTraces.ts';
import { silentLog } from '../test/support/silentLog.ts';
import { startTestServer } from '../test/support/testServer.ts';

const megabyte = 1_000_000;

/** Prints how long large answers of Jaeger take to parse, to read, and from the socket to spans. */
export async function benchJaeger(): Promise<void> {
  for (const megabytes of [1, 10, 50]) {
    const { body, spans } = answerOf(megabytes * megabyte);
    const parsing = fastest(() => JSON.parse(body) as unknown);
    const { data } = JSON.parse(body) as { data: unknown };
    const reading = fastest(() => readTraces(data));
    const whole = await fromSocket(body);
    console.log(
      `${String(megabytes).padStart(3)} MB, ${String(spans)} spans: JSON.parse ${ms(parsing)}, ` +
        `readTraces ${ms(reading)}, search from the socket ${ms(whole)}`,
    );
  }
}

/** Recorded traces of a NestJS + Prisma app over and over, each with ids of its own. */
function answerOf(bytes: number): { body: string; spans: number } {
  const file = new URL('../test/fixtures/jaeger/v1.67-traces.json', import.meta.url);
  const { data } = JSON.parse(readFileSync(file, 'utf8')) as {
    data: { traceID: string; spans: unknown[] }[];
  };
  const traces: string[] = [];
  let [length, spans] = [0, 0];
  for (let n = 0; length < bytes; n += 1) {
    const trace = data[n % data.length]!;
    const id = n.toString(16).padStart(32, '0');
    const text = JSON.stringify(trace).replaceAll(trace.traceID, id);
    traces.push(text);
    length += text.length;
    spans += trace.spans.length;
  }
  return { body: `{"data":[${traces.join(',')}],"errors":null}`, spans };
}

async function fromSocket(body: string): Promise<number> {
  const server = await startTestServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  const source = openJaegerSource({
    url: server.url,
    headers: {},
    timeoutMs: 60_000,
    maxBytes: 100 * megabyte,
    sampleSize: 100,
    clock: systemClock,
    log: silentLog,
  });
  const window = { start: epochMicroseconds(0), end: epochMicroseconds(4e15) };
  const started = performance.now();
  const { traces } = await source.search(
    {
      service: 'users-api',
      operation: undefined,
      minDuration: undefined,
      errorsOnly: false,
      window,
      limit: 100_000,
    },
    new AbortController().signal,
  );
  const took = performance.now() - started;
  await server.close();
  if (traces.length === 0) throw new Error('no traces found');
  return took;
}

function fastest(work: () => unknown): number {
  let best = Infinity;
  for (let round = 0; round < 5; round += 1) {
    const started = performance.now();
    work();
    best = Math.min(best, performance.now() - started);
  }
  return best;
}

const ms = (milliseconds: number): string => `${milliseconds.toFixed(0)} ms`;
