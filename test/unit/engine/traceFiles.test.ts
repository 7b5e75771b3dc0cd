import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileTraceKey } from '../../../src/core/trace/fileTrace.ts';
import { linkedTraceKey } from '../../../src/engine/readTrace.ts';
import { SourceSlot } from '../../../src/engine/sourceSlot.ts';
import { TraceFiles } from '../../../src/engine/traceFiles.ts';
import { jaegerJson } from '../../support/jaegerJson.ts';
import { makeSpan } from '../../support/span.ts';

const { signal } = new AbortController();
const idOf = (letter: string) => letter.repeat(32);
const spanOf = (trace: string, duration: number) =>
  makeSpan({ id: trace, traceId: idOf(trace), duration });

describe('trace files', () => {
  let folder = '';
  let path = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spanhop-trace-files-'));
    path = join(folder, 'two.trace.json');
    await writeFile(path, jaegerJson([spanOf('a', 5), spanOf('b', 9)]));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const read = async (files: TraceFiles, traceId?: string) => {
    const { spans, tracesInFile } = await files.trace({ path, traceId }, signal);
    return [spans[0]?.traceId.charAt(0), tracesInFile];
  };

  it('list their traces, the slowest first, and open with that one', async () => {
    const files = new TraceFiles();
    const { traces } = await files.list(path, signal);
    assert.deepEqual(
      traces.map(({ traceId }) => traceId),
      [idOf('b'), idOf('a')],
    );
    assert.deepEqual(await read(files), ['b', 2]);
    assert.deepEqual(await read(files, idOf('a')), ['a', 2]);
  });

  it('are read again when they were written anew, also with other traces', async () => {
    const files = new TraceFiles();
    await read(files, idOf('a'));
    await writeFile(path, jaegerJson([spanOf('c', 5)]));
    assert.deepEqual(await read(files, idOf('a')), ['c', 1]);
    assert.equal(await files.has({ path, traceId: idOf('a') }, signal), false);
    assert.equal(await files.has({ path, traceId: idOf('c') }, signal), true);
  });

  it('have their links followed within them, and elsewhere in the source', async () => {
    const files = new TraceFiles();
    const parts = { files, sources: new SourceSlot() };
    const from = fileTraceKey(path, idOf('a'));
    const keyOf = (linked: string, of = from) => linkedTraceKey(parts, of, idOf(linked), signal);
    assert.equal(await keyOf('b'), fileTraceKey(path, idOf('b')));
    assert.equal(await keyOf('c'), idOf('c'));
    assert.equal(await keyOf('b', idOf('a')), idOf('b'));
  });

  it('that are gone since have their links followed in the source', async () => {
    const files = new TraceFiles();
    const parts = { files, sources: new SourceSlot() };
    const from = fileTraceKey(path, idOf('a'));
    await read(files);
    await rm(path);
    assert.equal(await linkedTraceKey(parts, from, idOf('b'), signal), idOf('b'));
    const stopped = AbortSignal.abort();
    await assert.rejects(linkedTraceKey(parts, from, idOf('b'), stopped), { name: 'AbortError' });
  });

  it('without a trace, without anything, and without a file say so', async () => {
    const files = new TraceFiles();
    const says = async (text: string, sentence: RegExp) => {
      await writeFile(path, text);
      await assert.rejects(read(files), { name: 'SourceError', message: sentence });
    };
    await says('{"data":[]}', /contains no traces\.$/);
    const withoutId = '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":""}]}]}]}';
    await says(withoutId, /^Couldn't read 1 item in .*missing or all-zero trace ID/);
    await says('', /is empty\.$/);
    await says(
      '<!doctype html><title>Jaeger UI</title>',
      /isn't valid JSON\. Spanhop opens traces/,
    );
    await says('{"data":[', /is incomplete/);
    await says('{"traceEvents":[{"ph":"X"}]}', /is unsupported JSON\. Spanhop opens traces/);
    await rm(path);
    await assert.rejects(read(files), { code: 'notFound', message: /^File not found/ });
  });

  it('leave memory for those used last where they hold too many spans', async () => {
    const files = new TraceFiles(3);
    const other = join(folder, 'other.json');
    await writeFile(other, jaegerJson([spanOf('d', 1), spanOf('e', 2)]));
    const first = await files.trace({ path, traceId: undefined }, signal);
    const again = await files.trace({ path, traceId: undefined }, signal);
    assert.equal(again.spans, first.spans, 'kept');
    await files.list(other, signal);
    const anew = await files.trace({ path, traceId: undefined }, signal);
    assert.notEqual(anew.spans, first.spans, 'let go, and read again');
  });
});
