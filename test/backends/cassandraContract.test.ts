import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';

import {
  startWrittenCassandra,
  type WrittenCassandra,
} from '../support/backends/cassandraSource.ts';
import { queriesOf, ranksOf, spansOf, truthOf } from '../support/cql/searchTruth.ts';
import { describeConditionsContract } from '../support/sourceContract/conditions.ts';
import { describeFiguresContract } from '../support/sourceContract/figures.ts';
import { describeSearchContract } from '../support/sourceContract/search.ts';
import { describeTraceContract } from '../support/sourceContract/trace.ts';
import { describeUnitsContract } from '../support/sourceContract/units.ts';

const hour = 3_600_000;

describe('Cassandra, written by Jaeger 1.67, is a trace source', function () {
  this.timeout(300_000);
  let store: WrittenCassandra;
  before(async () => {
    store = await startWrittenCassandra();
  });
  after(async () => {
    store.source.dispose();
    await store.close();
  });
  const underTest = () => store;
  describeSearchContract(underTest);
  describeConditionsContract(underTest);
  describeTraceContract(underTest);
  describeFiguresContract(underTest);
  describeUnitsContract(underTest);

  it('finds all and only what meets a search, of spans that start in the same microseconds', async () => {
    const name = randomBytes(4).toString('hex');
    const scene = {
      // In the last hours: Jaeger keeps two days.
      middle: (Math.floor(Date.now() / hour) * hour - 2.5 * hour) * 1_000,
      api: `api-${name}`,
      shop: `shop-${name}`,
      prefix: name,
    };
    const [spans = []] = fc
      .sample(spansOf(scene, 400), { numRuns: 20 })
      .sort((a, b) => b.length - a.length);
    await store.send(spans);
    const ofScene = queriesOf(scene).filter(({ service }) => service !== undefined);
    await fc.assert(
      fc.asyncProperty(ofScene, async (query) => {
        const { traces, complete, reason } = await store.source.search(
          query,
          new AbortController().signal,
        );
        assert.deepEqual([complete, reason], [true, '']);
        const truth = truthOf(spans, query);
        const ids = traces.map(({ traceId }) => traceId);
        assert.deepEqual(
          ids.map((traceId) => truth.get(traceId)),
          ranksOf(truth, query),
        );
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });
});
