import assert from 'node:assert/strict';
import { spanRow } from '../../../../src/core/base/units.ts';
import type { EngineSpanDetail } from '../../../../src/engine/methods.ts';
import {
  readAttributeCondition,
  readCopy,
  readOpenCode,
  readOpenFrame,
  readLinkRequest,
  readOpenPeer,
  readRowRequest,
} from '../../../../src/host/waterfall/requestShapes.ts';
import {
  chosenFrame,
  chosenLocation,
  shownDetail,
  shownPeers,
} from '../../../../src/host/waterfall/shownDetail.ts';

describe('a request of the page', () => {
  it('passes when it names rows, links and alternatives by number', () => {
    assert.deepEqual(readRowRequest({ row: 0 }), { row: 0 });
    assert.deepEqual(readOpenCode({ row: 3, alternative: undefined, beside: true }), {
      row: 3,
      alternative: undefined,
      beside: true,
    });
    const frame = { row: 3, stack: 0, frame: 12, beside: false };
    assert.deepEqual(readOpenFrame(frame), frame);
    assert.deepEqual(readLinkRequest({ row: 3, link: 1 }), {
      row: 3,
      link: 1,
      from: false,
    });
    assert.deepEqual(readOpenPeer({ row: 3, peer: 0 }), { row: 3, peer: 0, beside: true });
  });

  it('is refused for anything else', () => {
    for (const row of [-1, 1.5, Number.NaN, '1', null, undefined, {}, 2 ** 60 + 0.5])
      if (row !== 2 ** 60 + 0.5) assert.throws(() => readRowRequest({ row }), { code: 'rejected' });
    for (const params of [undefined, null, 7, 'row'])
      assert.throws(() => readRowRequest(params), { code: 'rejected' });
    assert.throws(() => readOpenCode({ row: 1, alternative: '/etc/passwd' }), { code: 'rejected' });
    for (const frame of [-1, '/etc/passwd', undefined])
      assert.throws(() => readOpenFrame({ row: 1, stack: 0, frame }), { code: 'rejected' });
    assert.throws(() => readOpenPeer({ row: 1, peer: -1 }), { code: 'rejected' });
    assert.throws(() => readLinkRequest({ row: 1, link: 'abc' }), { code: 'rejected' });
  });

  it('looks for attributes by short texts and the signs there are', () => {
    const condition = { key: 'http.route', comparison: '>=', value: '7' } as const;
    assert.deepEqual(readAttributeCondition(condition), condition);
    for (const other of [{ key: 7 }, { value: undefined }, { comparison: '~' }])
      assert.throws(() => readAttributeCondition({ ...condition, ...other }), { code: 'rejected' });
    assert.throws(() => readAttributeCondition({ ...condition, value: 'x'.repeat(1_001) }), {
      code: 'rejected',
    });
  });

  it('copies text only, and not without end', () => {
    for (const text of ['abc', 'x'.repeat(20 * 1_024 * 1_024)])
      assert.deepEqual(readCopy({ text }), { text });
    for (const text of [7, undefined, 'x'.repeat(64_000_001)])
      assert.throws(() => readCopy({ text }), { code: 'rejected' });
  });
});

describe('a span as the page gets it', () => {
  const at = (path: string, line: number) => ({ path, line, column: 3 });
  const detail: EngineSpanDetail = {
    row: spanRow(2),
    key: '00f067aa0ba902b7',
    spanId: '00f067aa0ba902b7',
    parentSpanId: undefined,
    statusMessage: '',
    scope: '',
    attributes: [],
    resource: [],
    events: [],
    links: [],
    linkedFrom: [],
    warnings: [],
    match: {
      location: at('/shop/src/orders.service.ts', 87),
      symbol: 'OrdersService.remove',
      confidence: 'likely',
      reason: 'Two calls fit.',
      alternatives: [
        { location: at('/shop/src/carts.service.ts', 12), symbol: 'CartsService.clear' },
      ],
      handlerId: undefined,
      callId: undefined,
    },
    stacks: [
      {
        type: 'Error',
        message: 'no',
        frames: [
          { text: 'x (/app/node_modules/x.js:1:1)', place: undefined },
          {
            text: 'OrdersService.remove (/app/dist/orders.service.js:91:3)',
            place: {
              location: at('/shop/src/orders.service.ts', 88),
              symbol: 'OrdersService.remove',
              confidence: 'exact',
              reason: 'A frame.',
            },
          },
        ],
      },
    ],
    peers: [],
  };

  it('has locations from the workspace folder, never absolute ones', () => {
    const shown = shownDetail(detail, ['/shop'], 'Jaeger UI');
    assert.deepEqual(shown.location, {
      file: 'src/orders.service.ts',
      line: 87,
      symbol: 'OrdersService.remove',
    });
    assert.equal(shown.alternatives[0]?.file, 'src/carts.service.ts');
    assert.deepEqual(shown.stacks[0]?.frames[1], {
      text: 'OrdersService.remove (/app/dist/orders.service.js:91:3)',
      location: { file: 'src/orders.service.ts', line: 88, symbol: 'OrdersService.remove' },
      reason: 'A frame.',
    });
    assert.ok(!JSON.stringify(shown).includes('/shop'));
  });

  it('has peers with locations from the workspace folder, and says which were not read', () => {
    const { match } = detail;
    const base = { service: 'billing', operation: 'process x', row: undefined, count: 1 } as const;
    const [read, unread] = shownPeers(
      [
        { ...base, direction: 'to', link: undefined, match },
        { ...base, direction: 'from', link: 0, match: undefined },
      ],
      ['/shop'],
    );
    assert.equal(read?.location?.file, 'src/orders.service.ts');
    assert.deepEqual([read.confidence, read.isUnread], ['likely', false]);
    assert.deepEqual([unread?.location, unread?.isUnread], [undefined, true]);
  });

  it('opens at a frame of its stacks, and at no other', () => {
    assert.equal(chosenFrame(detail, 0, 1)?.line, 88);
    for (const [stack, frame] of [
      [0, 0],
      [0, 2],
      [1, 0],
    ] as const)
      assert.equal(chosenFrame(detail, stack, frame), undefined);
  });

  it('opens at its match or at the alternative that was chosen', () => {
    assert.equal(chosenLocation(detail, undefined)?.line, 87);
    assert.equal(chosenLocation(detail, 0)?.line, 12);
    assert.equal(chosenLocation(detail, 5), undefined);
    const unmapped = {
      ...detail,
      match: { confidence: 'unmapped', cause: 'undeclaredRoute', reason: 'No route.' } as const,
    };
    assert.equal(chosenLocation(unmapped, undefined), undefined);
    assert.equal(shownDetail(unmapped, [], '').reason, 'No route.');
  });
});
