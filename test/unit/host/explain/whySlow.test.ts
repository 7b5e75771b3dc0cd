import assert from 'node:assert/strict';
import fc from 'fast-check';
import { epochMicroseconds, microseconds } from '../../../../src/core/base/units.ts';
import type { CostNode } from '../../../../src/core/explain/explanation.ts';
import type { ExplainAnswer } from '../../../../src/engine/methods.ts';
import {
  childNodes,
  pathTo,
  rootNodes,
  type PlaceNode,
  type WhySlowNode,
} from '../../../../src/host/explain/whySlowNodes.ts';
import { explainedText, fewText, nodeText } from '../../../../src/host/explain/whySlowText.ts';

type Sketch = Partial<CostNode> & Pick<CostNode, 'symbol' | 'share'>;

const place = (sketch: Sketch): CostNode => ({
  service: 'shop-api',
  location: undefined,
  confidence: 'unmapped',
  reason: '',
  callId: undefined,
  ownShare: sketch.share,
  calls: 10,
  callsPerRequest: { slow: 1, usual: 1 },
  p50: microseconds(20_000),
  p95: microseconds(98_000),
  total: microseconds(200_000),
  kind: 'code',
  timePerRequest: { slow: 20_000, usual: 20_000 },
  loops: [],
  below: [],
  ...sketch,
});

const line = (path: string, at: number) => ({ path, line: at, column: 3 });
const pricing = place({
  symbol: 'GET tax/rates/*',
  share: 0.767,
  kind: 'http',
  callsPerRequest: { slow: 22, usual: 4 },
  timePerRequest: { slow: 1_820_000, usual: 240_000 },
  loops: [line('/shop/src/orders.service.ts', 81)],
});
const remove = place({
  symbol: 'OrdersController.remove',
  share: 1,
  ownShare: 0.05,
  confidence: 'strong',
  reason: 'Found from the route.',
  location: line('/shop/src/orders.controller.ts', 31),
  below: [
    pricing,
    place({ symbol: 'order.findUnique in OrdersService.find', share: 0.09 }),
    ...['a', 'b', 'c'].map((symbol) => place({ symbol, share: 0.004 })),
  ],
});

const answerOf = (root: CostNode): ExplainAnswer => ({
  title: 'DELETE /orders/:id',
  endpoint: undefined,
  window: { start: epochMicroseconds(0), end: epochMicroseconds(1) },
  explanation: {
    requests: 40,
    slowRequests: 4,
    slow: microseconds(2_370_000),
    usual: microseconds(340_000),
    root,
    kinds: [
      { kind: 'http', share: 0.767 },
      { kind: 'database', share: 0.183 },
      { kind: 'code', share: 0.05 },
    ],
    services: [{ service: 'shop-api', share: 1 }],
  },
  differences: [
    { kind: 'calls', symbol: 'GET tax/rates/*', perRequest: { slow: 22, usual: 4 } },
    { kind: 'attribute', key: 'user\u202e', value: 'a', slow: [4, 4], usual: [1, 36] },
  ],
  complete: true,
  reason: '',
});

const drawn = (nodes: readonly WhySlowNode[], indent = ''): string =>
  nodes
    .map((node) => {
      const { spoken } = nodeText(node, ['/shop']);
      return `${indent}${spoken}\n${drawn(childNodes(node), `${indent}  `)}`;
    })
    .join('');

const topOf = (root: CostNode): PlaceNode => {
  const top = rootNodes(answerOf(root)).find((node) => node.kind === 'place');
  assert.ok(top);
  return top;
};
const pathOf = (top: PlaceNode) => pathTo(top, (cost) => cost === top.dominant);
const allBelow = (node: WhySlowNode): readonly WhySlowNode[] => [
  node,
  ...childNodes(node).flatMap(allBelow),
];

describe('the rows of the Why Slow view', () => {
  it('say what the time is spent on, then each place with its share, calls and line; small places share a row', () => {
    assert.equal(
      drawn(rootNodes(answerOf(remove))),
      [
        'By kind, outgoing HTTP 76.7% · database 18.3% · code 5%',
        '  76.7% outgoing HTTP',
        '  18.3% database',
        '  5% code',
        'What slow requests have, 2',
        '  Slow requests: 22 × GET tax/rates/*, usually 4',
        '  Slow requests: user[U+202E]=a (4 of 4; others: 1 of 36)',
        '100% OrdersController.remove, p95 98 ms · orders.controller.ts:31',
        '  76.7% 22 × GET tax/rates/*, usually 4 · in a loop · p95 98 ms',
        '    In the loop at orders.service.ts:81',
        '  9% order.findUnique in OrdersService.find, p95 98 ms',
        '  3 more places below 1%',
        '    0.4% a, p95 98 ms',
        '    0.4% b, p95 98 ms',
        '    0.4% c, p95 98 ms',
        '',
      ].join('\n'),
    );
  });

  it('say how many places are left out where they are nested too deep to be sent', () => {
    const deepest = place({ symbol: 'Walk.step', share: 0.5, omitted: 5_499 });
    const [step] = childNodes(topOf({ ...remove, below: [deepest] }));
    assert.equal(drawn(childNodes(step!)), 'Nested too deeply to show: 5,499 more\n');
    assert.deepEqual(childNodes(childNodes(step!)[0]!), []);
  });

  it('are found beside any number of small places', () => {
    const small = Array.from({ length: 150_000 }, (_, at) =>
      place({ symbol: `job ${at}`, share: 0.000001 }),
    );
    const top = topOf({ ...remove, below: [...remove.below, ...small] });
    assert.deepEqual(
      pathOf(top).map(({ title }) => title),
      ['OrdersController.remove', 'GET tax/rates/*'],
    );
  });

  it('lead along what most of the time goes to, and no further than the handler where it goes nowhere', () => {
    const symbols = (root: CostNode) => pathOf(topOf(root)).map(({ title }) => title);
    assert.deepEqual(symbols(remove), ['OrdersController.remove', 'GET tax/rates/*']);
    const even = [0.3, 0.3, 0.3].map((share, at) => place({ symbol: `call ${at}`, share }));
    assert.deepEqual(symbols({ ...remove, below: even }), ['OrdersController.remove']);
  });

  it('lead to the line that was asked for, in the row of small places too', () => {
    const small = line('/shop/src/audit.ts', 7);
    const below = [...remove.below, place({ symbol: 'audit', share: 0.002, location: small })];
    const path = pathTo(topOf({ ...remove, below }), ({ location }) => location === small);
    assert.deepEqual(
      path.map(({ title }) => title),
      ['OrdersController.remove', 'audit'],
    );
    assert.equal(path.at(-1)?.parent?.kind, 'rest');
  });

  it('say of each loop where it is, and open it; of several that one of them it may be', () => {
    const loops = [line('/shop/src/a.ts', 4), line('/shop/src/b.ts', 9)];
    const [first, second] = childNodes(topOf({ ...pricing, loops }));
    assert.equal(nodeText(first!, ['/shop']).label, 'Perhaps loop at a.ts:4');
    assert.ok(second?.kind === 'loop' && second.location === loops[1]);
    const [only] = childNodes(topOf(pricing));
    const { label, details } = nodeText(only!, ['/shop']);
    assert.equal(label, 'Loop at orders.service.ts:81');
    assert.deepEqual(details, ['In the loop at orders.service.ts:81', 'src/orders.service.ts:81']);
  });

  it('are said to be of few requests, where they are: nothing then tells what slow ones have in common', () => {
    const of = (requests: number, endpoint: object | null = {}) => {
      const answer = answerOf(remove);
      const { explanation } = answer;
      return fewText({
        ...answer,
        endpoint: (endpoint ?? undefined) as ExplainAnswer['endpoint'],
        explanation: { ...explanation, requests },
      });
    };
    assert.equal(of(1), 'Based on a single request.');
    assert.match(of(9) ?? '', /^Based on 9 requests, too few to tell/);
    assert.equal(of(10), undefined);
    assert.equal(of(1, null), undefined, 'a trace is one request');
  });

  it('say how often and how long in a request in their tooltips', () => {
    const { details } = nodeText(topOf(pricing), ['/shop']);
    assert.ok(
      details.includes('Calls per request: 22, usually 4, in the loop at orders.service.ts:81'),
      details.join('\n'),
    );
    assert.ok(details.includes('Time per request: 1.82 s, usually 240 ms'));
  });

  it('open the line that they have, and say why where they have none', () => {
    const top = topOf(remove);
    assert.deepEqual(top.location, remove.location);
    const { details } = nodeText(top, ['/shop']);
    assert.ok(details.includes('src/orders.controller.ts:31 (very likely)'), details.join('\n'));
    assert.ok(details.includes('Found from the route.'));
    assert.ok(details.includes('Own time: 5%, mostly code'));
    const unmapped = topOf(place({ symbol: 'x', share: 1, reason: 'No folder.' }));
    assert.equal(unmapped.location, undefined);
    assert.equal(unmapped.reason, 'No folder.');
    assert.ok(nodeText(unmapped, []).details.includes('No folder.'));
  });

  it('write shares that end at the same place', () => {
    const [tax, order] = childNodes(topOf(remove)).map((node) => nodeText(node, []).label);
    assert.equal(tax, '76.7%\u200222 × GET tax/rates/*');
    assert.match(order ?? '', /^[\u2007\u2008]+9%\u2002order/);
  });

  it('hide nothing that a span says, and let nothing of it turn the text around', () => {
    const evil = place({ symbol: 'a\u202eb\nc', service: 'x\u0000', share: 1, reason: 'r\u202e' });
    for (const { label, description, details, spoken } of [nodeText(topOf(evil), [])])
      for (const text of [label, description, spoken, ...details])
        assert.doesNotMatch(text, /[\u0000-\u001f\u202e]/);
  });

  it('keep every place once, an id each, whatever the tree looks like', () => {
    fc.assert(
      fc.property(anyCost(3), (root) => {
        const nodes = allBelow(topOf(root));
        assert.equal(new Set(nodes.map(({ id }) => id)).size, nodes.length);
        const places = nodes.filter((node) => node.kind === 'place').map(({ cost }) => cost);
        assert.deepEqual(new Set(places), new Set(costsOf(root)));
        assert.equal(places.length, costsOf(root).length);
        for (const node of nodes)
          for (const child of childNodes(node)) assert.equal(child.parent?.id, node.id);
      }),
    );
  });
});

const anyCost = (depth: number): fc.Arbitrary<CostNode> =>
  fc
    .record({
      symbol: fc.constantFrom('a', '"', '\n', '\\', 'a\n"b"'),
      share: fc.constantFrom(0, 0.001, 0.009, 0.01, 0.5),
      below: depth === 0 ? fc.constant([]) : fc.array(anyCost(depth - 1), { maxLength: 4 }),
    })
    .map(({ below, ...sketch }) => place({ ...sketch, below: distinct(below) }));

/** Below one place each symbol is there once. */
const distinct = (below: readonly CostNode[]): readonly CostNode[] => [
  ...new Map(below.map((one) => [one.symbol, one])).values(),
];
const costsOf = (root: CostNode): readonly CostNode[] => [root, ...root.below.flatMap(costsOf)];

describe('the title of the Why Slow view', () => {
  const asked = { title: 'DELETE /orders/:id', about: { endpointId: 'x' } } as const;
  const idle = { error: undefined, busy: false, outdated: false } as const;

  it('says what is explained, how slow it is, and of how many requests', () => {
    const answer = answerOf(remove);
    assert.equal(
      explainedText({ ...idle, asked, answer }),
      'DELETE /orders/:id · 2.37 s, usually 340 ms · 40 requests',
    );
    assert.match(explainedText({ ...idle, asked, answer, outdated: true }), / · out of date$/);
  });

  it('says what is read before there is an answer, and of a trace its ID', () => {
    assert.equal(explainedText({ ...idle, asked, answer: undefined }), 'DELETE /orders/:id');
    assert.equal(explainedText({ ...idle, asked: undefined, answer: undefined }), '');
    const ofTrace = { title: '4bf92f35', about: { traceId: '4bf92f3577b34da6' } };
    assert.match(
      explainedText({ ...idle, asked: ofTrace, answer: answerOf(remove) }),
      / · 4bf92f35$/,
    );
  });
});
