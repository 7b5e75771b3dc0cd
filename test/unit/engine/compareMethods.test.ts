import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isSourceError } from '../../../src/core/base/sourceError.ts';
import { epochMicroseconds } from '../../../src/core/base/units.ts';
import { fileTraceKey } from '../../../src/core/trace/fileTrace.ts';
import { jaegerJson } from '../../../src/core/trace/export/traceJaeger.ts';
import { createEngine, type Engine } from '../../../src/engine/engine.ts';
import { systemClock } from '../../../src/engine/systemClock.ts';
import { nPlusOne } from '../../support/nPlusOne.ts';
import { silentLog } from '../../support/silentLog.ts';

const usersApp = fileURLToPath(new URL('../../fixtures/apps/users', import.meta.url));
const [slow, fast] = ['a'.repeat(32), 'b'.repeat(32)];

describe('the engine, asked to compare traces', () => {
  let engine: Engine;
  let folder: string;
  const signal = new AbortController().signal;
  const compare = async (traceId: string, other: string) => {
    await engine.methods.openTrace({ traceId }, signal);
    return engine.methods.compareTraces({ traceId, other }, signal);
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spanhop-compare-'));
    const path = join(folder, 'traces.json');
    const traces = [
      { traceId: slow, calls: 22 },
      { traceId: fast, calls: 2 },
    ].map(({ traceId, calls }) => {
      const { spans } = nPlusOne(calls, 1_000_000);
      const text = [...jaegerJson(traceId, spans)].join('');
      return JSON.parse(text.replaceAll('d'.repeat(32), traceId)) as { readonly data: unknown[] };
    });
    await writeFile(path, JSON.stringify({ data: traces.flatMap(({ data }) => data) }));
    engine = createEngine({ clock: systemClock, log: silentLog, emit: () => undefined });
    await engine.methods.openSource({ kind: 'file', path }, signal);
    await engine.methods.openWorkspace(
      {
        folders: [usersApp],
        cacheFolder: undefined,
        isTrusted: true,
        exclude: [],
        serviceFolders: {},
        pathMappings: [],
      },
      signal,
    );
  });

  after(async () => {
    engine.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('merges them by the code that they run, and says which lines differ', async () => {
    const { traces, calls, callCount, lines, lineCount } = await compare(slow, fast);
    assert.deepEqual(
      traces.map(({ traceId, notes }) => [traceId, notes]),
      [
        [fast, []],
        [slow, []],
      ],
    );
    const [most] = lines;
    assert.deepEqual(
      [most?.calls, most?.self],
      [
        [2, 22],
        [100_000, 1_100_000],
      ],
    );
    const repeated = calls.find(({ location }) => location?.line === most?.location.line);
    assert.deepEqual(
      [repeated?.calls, repeated?.critical],
      [
        [2, 22],
        [100_000, 1_100_000],
      ],
    );
    assert.deepEqual([callCount, lineCount], [calls.length, lines.length]);
  });

  it('knows the rows of a call and of a line in the trace that is looked at', async () => {
    const { calls, lines } = await compare(slow, fast);
    const line = lines[0]!.location;
    const call = calls.find(({ location }) => location?.line === line.line)!.id;
    const rows = (of: { readonly call: number } | { readonly line: typeof line }) =>
      engine.methods.comparedRows({ traceId: slow, other: fast, of }, signal);
    assert.equal((await rows({ call })).length, 22);
    assert.deepEqual(await rows({ line }), await rows({ call }));
  });

  it('finds no difference of a trace from itself', async () => {
    const { calls, lines } = await compare(slow, slow);
    for (const call of calls) assert.equal(call.calls[0], call.calls[1]);
    for (const call of calls) assert.equal(call.critical[0], call.critical[1]);
    for (const line of lines) assert.equal(line.self[0], line.self[1]);
  });

  it('offers the other traces of its route, where they are from', async () => {
    const window = { start: epochMicroseconds(0), end: epochMicroseconds(60_000_000) };
    const offered = async (traceId: string) => {
      await engine.methods.openTrace({ traceId }, signal);
      const { title, traces } = await engine.methods.similarTraces({ traceId, window }, signal);
      return [title, traces.map(({ summary }) => summary.traceId)];
    };
    const path = join(folder, 'traces.json');
    assert.deepEqual(await offered(slow), ['GET /users/all', [fast]]);
    assert.deepEqual(await offered(fast), ['GET /users/all', [slow]]);
    assert.deepEqual(await offered(fileTraceKey(path, slow)), ['GET /users/all', [fast]]);
  });

  it('says that the other one is not there', async () => {
    await assert.rejects(
      async () => compare(slow, 'c'.repeat(32)),
      (error) => isSourceError(error) && error.code === 'notFound',
    );
  });

  it('stops where nobody waits any more', async () => {
    const stopped = AbortSignal.abort();
    await assert.rejects(
      async () => engine.methods.compareTraces({ traceId: fast, other: fast }, stopped),
      { name: 'AbortError' },
    );
  });
});
