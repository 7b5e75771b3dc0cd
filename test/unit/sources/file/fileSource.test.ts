import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isSourceError, type SourceError } from '../../../../src/core/base/sourceError.ts';
import { epochMicroseconds, microseconds } from '../../../../src/core/base/units.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { systemClock } from '../../../../src/engine/systemClock.ts';
import { openFileSource } from '../../../../src/sources/file/fileSource.ts';
import { otlpOf } from '../../../support/sendOtlp.ts';
import { describeTraceSource } from '../../../support/sourceContract.ts';
import { makeSpan } from '../../../support/span.ts';

const never = new AbortController().signal;
const fixture = (path: string) => join(import.meta.dirname, '../../../fixtures', path);
const sourceOf = (path: string) => openFileSource({ path, clock: systemClock });
const allTime = { start: epochMicroseconds(0), end: epochMicroseconds(4e15) };
const everything = {
  service: undefined,
  operation: undefined,
  minDuration: undefined,
  errorsOnly: false,
  window: allTime,
  limit: 100,
};

describeTraceSource('a file of OTLP lines that grows', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'spanhop-file-'));
  const path = join(folder, 'traces.jsonl');
  await writeFile(path, `${JSON.stringify({ resourceSpans: [] })}\n`.repeat(2));
  return {
    source: openFileSource({ path, clock: systemClock }),
    send: (spans) => appendFile(path, `${JSON.stringify(otlpOf(spans))}\n`),
    close: () => rm(folder, { recursive: true }),
  };
});

describe('a file of traces', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spanhop-file-'));
  });
  after(() => rm(folder, { recursive: true }));

  const fileWith = async (name: string, text: string | Buffer) => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };
  const line = (id: string) =>
    JSON.stringify(otlpOf([makeSpan({ id, traceId: id.repeat(2), start: 1_000_000 })]));
  const [first, second] = ['1111111111111111', '2222222222222222'];

  it("Jaeger's JSON is recognised", async () => {
    const { traces, complete } = await sourceOf(fixture('jaeger/v1.67-traces.json')).search(
      everything,
      never,
    );
    assert.deepEqual([traces.length, complete], [5, true]);
    assert.deepEqual(await sourceOf(fixture('jaeger/v1.67-traefik-v3.6.12.json')).services(never), [
      'edge',
    ]);
  });

  it('OTLP JSON is recognised, and has the rows it has through Jaeger', async () => {
    const keysOf = async (path: string) =>
      (await sourceOf(fixture(path)).figures(allTime, never)).operations
        .map(({ key }) => JSON.stringify(key))
        .sort();
    const keys = await keysOf('otlp/nest-prisma.json');
    assert.equal(keys.length, 8);
    assert.deepEqual(keys, await keysOf('jaeger/v1.67-traces.json'));
  });

  it('its figures count every request, and say so', async () => {
    const source = sourceOf(fixture('jaeger/v1.67-traces.json'));
    const { basis, sampledTraces, complete } = await source.figures(allTime, never);
    assert.deepEqual([basis, sampledTraces, complete], ['complete', undefined, true]);
    assert.equal(source.capabilities.completeFigures, true);
  });

  it('lines written since are seen, and what was cut off is gone', async () => {
    const path = await fileWith('grows.jsonl', `${line(first)}\n${line(first)}\n`);
    const source = sourceOf(path);
    const count = async () => (await source.search(everything, never)).traces.length;
    assert.equal(await count(), 1);
    await appendFile(path, `${line(second)}\n`);
    assert.equal(await count(), 2);
    await truncate(path, 2 * line(first).length + 2);
    assert.equal(await count(), 1);
  });

  it('a last line still being written, and broken ones, are counted with their place', async () => {
    const broken = [line(first), 'no JSON', '{"other":1}', line(second), line(second).slice(0, 50)];
    const source = sourceOf(await fileWith('broken.jsonl', broken.join('\n')));
    const { traces, complete, reason } = await source.search(everything, never);
    assert.deepEqual([traces.length, complete], [2, false]);
    assert.match(
      reason,
      /^Couldn't read 3 items in .*broken.jsonl. First: line 2: not valid JSON. Other reasons: /,
    );
    const { dropped } = await source.trace(first.repeat(2), never);
    assert.deepEqual(
      dropped.map(({ position }) => position),
      ['line 2', 'line 3', 'line 5'],
    );
  });

  it('the marks and encodings of Windows are no fault', async () => {
    for (const bytes of [
      Buffer.from(`\ufeff${line(first)}`),
      Buffer.from(`\ufeff${line(first)}\r\n${line(second)}\r\n`, 'utf16le'),
    ]) {
      const source = sourceOf(await fileWith('windows.json', bytes));
      assert.ok((await source.search(everything, never)).traces.length > 0);
    }
  });

  it('a span sent at its start and again at its end counts once, in whatever order', async () => {
    const ended = makeSpan({
      id: first,
      traceId: first.repeat(2),
      kind: 'server',
      start: 1_000_000,
      duration: 250,
    });
    const begun: RawSpan = { ...ended, duration: microseconds(0), unended: true };
    const lines = [begun, ended, ended].map((span) => JSON.stringify(otlpOf([span])));
    for (const text of [lines.join('\n'), lines.toReversed().join('\n')]) {
      const source = sourceOf(await fileWith('repeated.jsonl', text));
      const { traces } = await source.search(everything, never);
      assert.deepEqual(
        traces.map(({ spanCount, duration }) => [spanCount, duration]),
        [[1, 250]],
      );
      const { operations } = await source.figures(allTime, never);
      assert.deepEqual(
        operations.map(({ durations }) => [durations.count, durations.total]),
        [[1, 250]],
      );
    }
    const unended = sourceOf(await fileWith('unended.jsonl', lines[0] ?? ''));
    const { operations, basis, complete, reason, droppedCount } = await unended.figures(
      allTime,
      never,
    );
    assert.deepEqual([operations, basis, complete, droppedCount], [[], 'partial', false, 0]);
    assert.equal(reason, 'Not counted: spans of requests without an end time (1).');
    const before = { start: epochMicroseconds(0), end: begun.start };
    assert.equal((await unended.figures(before, never)).basis, 'complete');
    assert.equal((await unended.search(everything, never)).traces.length, 1);
  });

  it('empty lines and Windows line ends are no fault', async () => {
    const source = sourceOf(
      await fileWith('crlf.jsonl', `${line(first)}\r\n\r\n${line(second)}\r\n`),
    );
    const { traces, complete } = await source.search(everything, never);
    assert.deepEqual([traces.length, complete], [2, true]);
  });

  for (const [name, text, code, sentence] of [
    ['empty', '', 'malformed', /is empty/],
    ['blank.json', ' \r\n', 'malformed', /is empty/],
    ['page.html', '<!doctype html>\n<p>no', 'malformed', /isn't valid JSON/],
    ['cut.json', '{"data":[{"traceID"', 'malformed', /is incomplete/],
    ['null.json', 'null', 'unsupported', /contains no traces/],
    ['list.json', '[]', 'unsupported', /contains no traces/],
    ['object.json', '{}', 'unsupported', /contains no traces/],
    ['data.json', '{"data":{}}', 'unsupported', /contains no traces/],
    ['number.json', '7', 'unsupported', /unsupported JSON/],
    ['package.json', '{"name":"x"}', 'unsupported', /unsupported JSON/],
    ['logs.jsonl', '{"resourceLogs":[]}\n{"resourceLogs":[]}', 'unsupported', /but no traces/],
    [
      'search.json',
      '{"traces":[{"traceID":"1","rootTraceName":"GET","spanSets":[{"spans":[]}]}],"metrics":{}}',
      'unsupported',
      /search\.json is a search result without spans\. Download one of its traces\.$/,
    ],
    ['zstd.json', Buffer.from('0000001828b52ffd0000', 'hex'), 'unsupported', /with zstd/],
    ['traces.db', Buffer.from('SQLite format 3\0 '), 'unsupported', /SQLite/],
    ['image.png', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'unsupported', /neither text/],
    ['cut.gz', gzipSync('{"data":[]}').subarray(0, 12), 'malformed', /truncated or damaged/],
  ] as const)
    it(`${name} is told to be ${code}`, async () => {
      const path = await fileWith(name, text);
      const error = await errorOf(sourceOf(path).services(never));
      assert.equal(error.code, code);
      assert.match(error.message, sentence);
    });

  it('its figures do not claim to count every request where a part could not be read', async () => {
    const source = sourceOf(await fileWith('part.jsonl', `${line(first)}\n{"resourceSpans":7}`));
    const { basis, complete, dropped } = await source.figures(allTime, never);
    assert.deepEqual([basis, complete], ['partial', false]);
    assert.deepEqual(dropped, [{ position: 'line 2, resourceSpans', reason: 'not valid OTLP' }]);
  });

  it('a file that is not there, and a folder, are told with the path', async () => {
    const missing = await errorOf(sourceOf(join(folder, 'missing.json')).services(never));
    assert.equal(missing.code, 'notFound');
    assert.equal(
      missing.message,
      `File not found: ${join(folder, 'missing.json')}. Check the path.`,
    );
    await mkdir(join(folder, 'sub'));
    const directory = await errorOf(sourceOf(join(folder, 'sub')).services(never));
    assert.equal(directory.code, 'rejected');
    assert.match(directory.message, /^Can't read /);
  });

  it('a file larger than the limit is not read', async () => {
    const path = await fileWith('huge.json', '');
    await truncate(path, 500_000_000); // Sparse: it takes no room.
    const error = await errorOf(sourceOf(path).services(never));
    assert.equal(error.code, 'tooLarge');
    assert.match(error.message, /huge.json is larger than 400 MB/);
  });
});

async function errorOf(asking: Promise<unknown>): Promise<SourceError> {
  try {
    await asking;
  } catch (error) {
    assert.ok(isSourceError(error));
    return error;
  }
  assert.fail('it answered');
}
