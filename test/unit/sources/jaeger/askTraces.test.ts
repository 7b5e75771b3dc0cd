import assert from 'node:assert/strict';
import { SourceError } from '../../../../src/core/base/sourceError.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import type { JaegerApi } from '../../../../src/sources/jaeger/api.ts';
import { askTraces } from '../../../../src/sources/jaeger/askTraces.ts';
import type { TracesQuestion } from '../../../../src/sources/jaeger/tracesQuestion.ts';
import { sentSpan, wholeWindow } from '../../../support/sourceContract/sent.ts';

const never = new AbortController().signal;
const question: TracesQuestion = {
  service: 'shop',
  operation: undefined,
  minDuration: undefined,
  errorsOnly: false,
  window: wholeWindow,
  limit: 20,
};

/** Traces of `size` spans each, newest last. */
const tracesOf = (count: number, size: number): RawSpan[][] =>
  Array.from({ length: count }, () => {
    const root = sentSpan({ service: 'shop' });
    const { traceId } = root;
    return [
      root,
      ...Array.from({ length: size - 1 }, () => sentSpan({ service: 'shop', traceId })),
    ];
  });

/** An API whose store limits an answer as `limited` says; `asked` are the limits it was given. */
function storeOf(
  traces: RawSpan[][],
  limited: (traces: RawSpan[][], limit: number) => RawSpan[][],
) {
  const asked: number[] = [];
  const none = () => Promise.reject(new Error('not asked for here'));
  const api: JaegerApi = {
    services: none,
    operations: none,
    trace: none,
    traces: ({ limit }) => {
      asked.push(limit);
      const found = limited(traces, limit).map((spans) => ({ traceId: spans[0]!.traceId, spans }));
      return Promise.resolve({ traces: found, dropped: [], droppedCount: 0 });
    },
  };
  return { api, asked };
}

const newest = (traces: RawSpan[][], limit: number) => traces.slice(-limit);

/** As Jaeger on Cassandra: the traces of the newest `3 * limit` rows, a row a span. */
function ofNewestRows(traces: RawSpan[][], limit: number): RawSpan[][] {
  const rows = traces.flat().slice(-3 * limit);
  const ids = new Set(rows.map(({ traceId }) => traceId));
  return newest(
    traces.filter((spans) => ids.has(spans[0]!.traceId)),
    limit,
  );
}

describe('asking Jaeger for traces', () => {
  it('a store that counts spans is asked for more, until as many traces as wanted come', async () => {
    const { api, asked } = storeOf(tracesOf(100, 30), ofNewestRows);
    const { traces, more } = await askTraces(api, question, never);
    assert.ok(traces.length >= 20, String(traces.length));
    assert.equal(more, true);
    assert.deepEqual(asked, [20, 201]);
  });

  it('a store that counts spans is known to have no more when more rows give no more traces', async () => {
    const { api, asked } = storeOf(tracesOf(5, 30), ofNewestRows);
    const { traces, more, reason } = await askTraces(api, question, never);
    assert.deepEqual([traces.length, more, reason], [5, false, '']);
    assert.equal(asked.length, 2);
  });

  it('a store that counts traces is asked once when that is enough', async () => {
    const { api, asked } = storeOf(tracesOf(100, 30), newest);
    const { traces, more } = await askTraces(api, question, never);
    assert.deepEqual([traces.length, more, asked], [20, true, [20]]);
    const few = storeOf(tracesOf(19, 3), newest);
    assert.equal((await askTraces(few.api, question, never)).more, false);
    assert.deepEqual(few.asked, [20]);
  });

  it('however many spans an answer has, no more than 5,000 traces are asked for', async () => {
    const root = sentSpan({ service: 'shop' });
    const huge = [Array.from({ length: 30_000 }, () => root)];
    const { api, asked } = storeOf(huge, newest);
    assert.equal((await askTraces(api, { ...question, limit: 1_000 }, never)).traces.length, 1);
    assert.deepEqual(asked, [1_000, 5_000]);
  });

  it('traces are not read again where that is not allowed: there may be more', async () => {
    const { api, asked } = storeOf(tracesOf(100, 30), ofNewestRows);
    const { traces, more, received } = await askTraces(api, question, never, () => false);
    assert.deepEqual([more, asked], [true, [20]]);
    assert.equal(received, traces.length);
  });

  it('an answer too large is asked for in quarters, and never in none', async () => {
    const refuse = (fits: number) => (traces: RawSpan[][], limit: number) => {
      if (limit > fits) throw new SourceError('tooLarge', 'too large');
      return newest(traces, limit);
    };
    const { api, asked } = storeOf(tracesOf(100, 1), refuse(4));
    const { traces, more, shrunk, limit } = await askTraces(api, question, never);
    assert.deepEqual([traces.length, more, asked], [2, true, [20, 5, 2]]);
    assert.deepEqual([shrunk, limit], [true, 2]);
    const nothing = storeOf(tracesOf(1, 1), refuse(0));
    await assert.rejects(async () => askTraces(nothing.api, question, never), /too large/);
    assert.deepEqual(nothing.asked, [20, 5, 2, 1]);
  });
});
