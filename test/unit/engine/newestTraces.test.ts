import assert from 'node:assert/strict';
import { epochMicroseconds } from '../../../src/core/base/units.ts';
import type { SampleAnswer, TraceQuery } from '../../../src/core/ports.ts';
import type { RawSpan } from '../../../src/core/trace/rawSpan.ts';
import { newestTraces } from '../../../src/engine/newestTraces.ts';
import { findInTrace, firstFound } from '../../../src/sources/search/foundTrace.ts';
import { makeSpan } from '../../support/span.ts';

/** Traces of two spans that begin at these times, behind the search that files are read with. */
function sourceOf(starts: readonly number[], cut = Infinity) {
  const traces = starts.map((start, at): RawSpan[] => {
    const traceId = String(at).padStart(32, '0');
    const root = makeSpan({ id: 'a', traceId, start, duration: 5 });
    return [root, makeSpan({ id: 'b', traceId, parent: 'a', start: start + 3, duration: 1 })];
  });
  const asked: TraceQuery[] = [];
  return {
    asked,
    sample: (query: TraceQuery): Promise<SampleAnswer> => {
      asked.push(query);
      const found = traces.flatMap((spans) => findInTrace(spans, query) ?? []);
      const first = firstFound(found, query).slice(0, cut);
      const complete = first.length === Math.min(found.length, query.limit);
      return Promise.resolve({
        traces: first.map(({ spans }) => spans),
        complete,
        reason: complete ? '' : 'Cut.',
      });
    },
  };
}

async function read(source: ReturnType<typeof sourceOf>, most = Infinity) {
  const window = { start: epochMicroseconds(0), end: epochMicroseconds(1_000_000) };
  const reasons = new Set<string>();
  const starts: number[] = [];
  const ids = new Set<string>();
  const because = (reason: string) => void reasons.add(reason);
  const signal = new AbortController().signal;
  for await (const [root] of newestTraces(
    source,
    { window, service: undefined },
    because,
    signal,
  )) {
    starts.push(root!.start);
    ids.add(root!.traceId);
    if (starts.length === most) break;
  }
  return { starts, ids, reasons };
}

describe('the newest traces of a window', () => {
  it('are all of them, newest first and each once, over several answers of the source', async () => {
    const all = Array.from({ length: 950 }, (_, at) => (at * 7) % 3_000);
    const { starts, ids } = await read(sourceOf(all));
    assert.equal(ids.size, 950);
    assert.deepEqual(
      starts,
      all.toSorted((a, b) => b - a),
    );
  });

  it('come to an end where more begin in one microsecond than one answer holds', async () => {
    const all = [...Array.from({ length: 500 }, () => 77), 5];
    const { starts } = await read(sourceOf(all));
    assert.equal(starts.at(-1), 5);
  });

  it('go on after an answer that was cut, and say so', async () => {
    const source = sourceOf(
      Array.from({ length: 40 }, (_, at) => at * 10),
      15,
    );
    const { ids, reasons } = await read(source);
    assert.equal(ids.size, 40);
    assert.deepEqual([...reasons], ['Cut.']);
  });

  it('are asked for no further than the caller reads', async () => {
    const source = sourceOf(Array.from({ length: 900 }, (_, at) => at));
    await read(source, 100);
    assert.equal(source.asked.length, 1);
  });

  it('of an empty window are none', async () => {
    assert.deepEqual((await read(sourceOf([]))).starts, []);
  });
});
