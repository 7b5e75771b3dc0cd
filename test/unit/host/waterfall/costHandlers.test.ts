import assert from 'node:assert/strict';
import { epochMicroseconds, microseconds, spanRow } from '../../../../src/core/base/units.ts';
import type { TraceCosts } from '../../../../src/core/explain/traceCosts.ts';
import { costHandlers } from '../../../../src/host/waterfall/costHandlers.ts';
import { workspacePath } from '../../../../src/host/paths.ts';

const loop = { path: '/shop/src/orders.service.ts', line: 81, column: 3 };
const costs: TraceCosts = {
  kinds: [{ kind: 'http', share: 0.767 }],
  dominant: spanRow(7),
  lines: [
    {
      row: spanRow(7),
      depth: 1,
      cost: {
        service: 'shop-api',
        symbol: 'GET tax/rates/*\u202e',
        location: { path: '/shop/src/pricing.client.ts', line: 37, column: 3 },
        confidence: 'likely',
        reason: 'The only call of this address.',
        callId: 'a',
        share: 0.767,
        ownShare: 0.1,
        calls: 22,
        callsPerRequest: { slow: 22, usual: undefined },
        timePerRequest: { slow: 1_820_000, usual: undefined },
        p50: microseconds(80_000),
        p95: microseconds(98_000),
        total: microseconds(1_900_000),
        kind: 'http',
        loops: [loop],
        below: [],
      },
    },
  ],
};

const opened: unknown[] = [];
const asked: unknown[] = [];
const handlers = costHandlers({
  trace: {
    costs: () => Promise.resolve(costs),
    costRows: (of) => {
      asked.push(of);
      return Promise.resolve([spanRow(7), spanRow(9)]);
    },
    percentile: () => Promise.resolve(undefined),
  },
  folders: () => [workspacePath('/shop')],
  window: () => ({ start: epochMicroseconds(0), end: epochMicroseconds(1) }),
  openCode: (location) => {
    opened.push(location);
    return Promise.resolve({ opened: true, reason: '' });
  },
});
const { signal } = new AbortController();

describe('what the page is told of where the time went', () => {
  it('is in the words of Why Slow, with short places and without hidden characters', async () => {
    const { costs: shown } = await handlers.traceCosts({}, signal);
    assert.deepEqual(shown, {
      kinds: [{ kind: 'http', name: 'outgoing HTTP', share: 0.767, percent: '76.7%' }],
      dominant: 7,
      lines: [
        {
          row: 7,
          depth: 1,
          share: 0.767,
          percent: '76.7%',
          name: '22 × GET tax/rates/*[U+202E]',
          time: '1.82 s',
          place: 'pricing.client.ts:37',
          loop: 'in the loop at orders.service.ts:81',
          isSureLoop: true,
          kind: 'http',
          details: [
            'GET tax/rates/*[U+202E]',
            'Service: shop-api',
            'Time: 76.7%, with everything that it calls',
            'Own time: 10%, mostly outgoing HTTP',
            'Calls per request: 22, in the loop at orders.service.ts:81',
            'Time per request: 1.82 s',
            'One call: p50 80 ms, p95 98 ms',
            'src/pricing.client.ts:37 (likely)',
            'The only call of this address.',
          ],
        },
      ],
    });
  });

  it('marks the rows of a line or a kind by name', async () => {
    const line = await handlers.costRows({ row: spanRow(7) }, signal);
    assert.deepEqual(line, { rows: [7, 9], label: '22 × GET tax/rates/*[U+202E]' });
    const kind = await handlers.costRows({ kind: 'database' }, signal);
    assert.equal(kind.label, 'Time spent on database');
    assert.deepEqual(asked, [{ row: 7 }, { kind: 'database' }]);
  });

  it('opens the loop of a line that has one, and nothing else', async () => {
    assert.deepEqual(await handlers.openLoop({ row: spanRow(7) }, signal), {
      opened: true,
      reason: '',
    });
    assert.equal((await handlers.openLoop({ row: spanRow(8) }, signal)).opened, false);
    assert.deepEqual(opened, [loop]);
  });

  it('refuses what is no line, kind or row', async () => {
    for (const bad of [{ kind: 'everything' }, { row: -1 }, {}, null])
      await assert.rejects(async () => handlers.costRows(bad as never, signal), /Invalid request/);
  });
});
