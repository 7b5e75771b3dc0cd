import assert from 'node:assert/strict';
import { epochMicroseconds, fromMilliseconds } from '../../../../src/core/base/units.ts';
import type { HttpHandler } from '../../../../src/core/code/model.ts';
import type { Figures } from '../../../../src/core/correlate/figures/figures.ts';
import type { LensSettings } from '../../../../src/core/correlate/lens/lensText.ts';
import type { CallCostLine } from '../../../../src/engine/methods.ts';
import type { HandlerAtLine, KnownLines } from '../../../../src/host/code/fileLines.ts';
import { commandLink } from '../../../../src/host/editor/commandLink.ts';
import { lensLines } from '../../../../src/host/editor/lensLines.ts';
import { withoutIcons } from '../../../../src/host/labels.ts';

const settings: LensSettings = {
  mode: 'full',
  slow: fromMilliseconds(500),
  whenNoTraces: 'quiet',
  windowMinutes: 60,
  staleFor: undefined,
};
const figures: Figures = {
  count: 10,
  errors: 0,
  p50: fromMilliseconds(12),
  p95: fromMilliseconds(340),
  p99: fromMilliseconds(340),
  max: fromMilliseconds(340),
  total: fromMilliseconds(200),
  window: { start: epochMicroseconds(0), end: epochMicroseconds(1) },
  source: 'Local traces',
  basis: 'complete',
  sampledTraces: undefined,
  fetchedAt: epochMicroseconds(0),
  layer: 'server',
  slowestTraceId: '4bf92f3577b34da6a3ce929d0e0e4736',
};

function handler(path: string, firstLine: number, known?: Figures): HandlerAtLine {
  const location = { path: '/shop/orders.controller.ts', line: firstLine + 1, column: 3 };
  const http: HttpHandler = {
    kind: 'http',
    id: path,
    method: 'GET',
    path,
    pathComplete: true,
    controller: 'OrdersController',
    handler: 'get',
    declaredIn: 'OrdersController',
    location,
    firstLine,
    lastLine: firstLine + 3,
    methodId: path,
    project: 'shop',
  };
  return {
    firstLine,
    nameLine: firstLine + 1,
    lastLine: firstLine + 3,
    line: {
      endpointId: `handler ${path}`,
      handler: http,
      figures: known,
      peers: undefined,
      costs: undefined,
    },
  };
}
const calls: KnownLines['calls'] = [
  {
    lineNumber: 36,
    line: {
      call: {
        library: 'prisma',
        id: 'call',
        model: 'OrderItem',
        operation: 'findMany',
        location: { path: '/shop/orders.controller.ts', line: 36, column: 20 },
        enclosing: 'OrdersController.get',
        methodId: 'get',
        inLoop: true,
        project: 'shop',
      },
      figures: {
        calls: 214,
        requests: 1,
        maxPerRequest: 214,
        p50: fromMilliseconds(1),
        p95: fromMilliseconds(2),
        total: fromMilliseconds(300),
        statement: undefined,
        worstTraceId: '4bf92f3577b34da6a3ce929d0e0e4736',
        sampledTraces: 50,
        confidence: 'strong',
      },
      cost: undefined,
      independent: undefined,
    },
  },
];

describe('the lenses of a file', () => {
  it('stand above the decorators and say where their figures come from', () => {
    const [line] = lensLines(
      { handlers: [handler('/orders/:id', 27, figures)], calls: [] },
      settings,
    );
    assert.equal(line?.line, 27);
    assert.equal(line.text, 'p50 12 ms · p95 340 ms · 10 in 1 h');
    assert.ok(line.tooltip.startsWith('GET /orders/:id\nSource: Local traces.'));
    assert.ok('handler' in line && line.handler.endpointId === 'handler /orders/:id');
  });

  it('have an icon where the handler fails or is slow, and none that its route names', () => {
    const slow = { ...figures, p95: fromMilliseconds(500) };
    const handlers = [
      handler('/ok', 10, figures),
      handler('/slow', 20, slow),
      handler('/failing', 30, { ...figures, errors: 1 }),
      handler('/a$(trash)', 40, { ...slow, errors: 1 }),
      handler('/b', 40, figures),
    ];
    assert.deepEqual(
      lensLines({ handlers, calls: [] }, settings).map(({ text }) => text),
      [
        'p50 12 ms · p95 340 ms · 10 in 1 h',
        '$(warning)\u2002slow · p50 12 ms · p95 500 ms · 10 in 1 h',
        '$(error)\u2002p50 12 ms · p95 340 ms · 10% errors · 10 in 1 h',
        '$(error)\u2002OrdersController GET /a$\u200b(trash): slow · p50 12 ms · p95 500 ms · 10% errors · 10 in 1 h',
        'OrdersController GET /b: p50 12 ms · p95 340 ms · 10 in 1 h',
      ],
    );
  });

  it('name their route where a method has several', () => {
    const handlers = [handler('/orders/:id', 27, figures), handler('/orders/by-id/:id', 27)];
    assert.deepEqual(
      lensLines({ handlers, calls: [] }, settings).map(({ text }) => text.split(':')[0]),
      ['OrdersController GET /orders/', 'OrdersController GET /orders/by-id/'],
    );
  });

  it('lead to the handlers on the other side, two a direction, beside the figures', () => {
    const peer = (symbol: string) => ({
      handlerId: symbol,
      symbol,
      location: { path: `/shop/${symbol}.ts`, line: 7, column: 3 },
      service: 'billing',
      traces: 1,
    });
    const indexed = handler('/orders/:id', 27, figures);
    const to = ['A.a', 'B.b', 'C.c', 'D.d'].map(peer);
    const proxies = [{ name: 'Traefik router orders@docker', service: 'edge', traces: 3 }];
    const peers = { to, from: [peer('E.e')], proxies };
    const known = { handlers: [{ ...indexed, line: { ...indexed.line, peers } }], calls: [] };
    const lines = lensLines(known, settings);
    assert.deepEqual(lines.map(({ text }) => text).slice(1), ['→ A.a', '→ B.b +2', '← E.e']);
    assert.ok('code' in lines[1]! && lines[1].code.location?.path === '/shop/A.a.ts');
    assert.deepEqual(lines[1].tooltip.split('\n'), [
      'Calls: A.a (billing), B.b (billing), C.c (billing), D.d (billing)',
      'Called by: E.e (billing)',
      'Called through: Traefik router orders@docker (edge)',
      'Click to open the code.',
    ]);
    assert.deepEqual(lensLines(known, { ...settings, mode: 'hoverOnly' }), []);
    assert.deepEqual(
      lensLines(known, { ...settings, mode: 'slowOnly', slow: fromMilliseconds(900) }),
      [],
    );
  });

  it('point out a Prisma call that one request repeats, and lead to that trace', () => {
    const [line] = lensLines({ handlers: [], calls }, settings);
    assert.equal(line?.text, '×214 in one request');
    assert.ok('call' in line && line.call.traceId === '4bf92f3577b34da6a3ce929d0e0e4736');
    assert.ok(line.tooltip.includes('Based on a sample of 50 traces'));
    assert.match(line.tooltip, /Click to open the trace with the most calls\.$/);
  });

  it('say of a call what it costs, which leads to where the time goes, and name the loop of its caller', () => {
    const loop = { path: '/shop/orders.service.ts', line: 81, column: 1 };
    const { handler: http } = handler('/orders/:id', 27).line;
    const costly = (of: Partial<CallCostLine>): KnownLines => ({
      handlers: [],
      exceptions: [],
      calls: calls.map(({ lineNumber, line }) => ({
        lineNumber,
        line: {
          ...line,
          cost: {
            handlerId: http.id,
            handler: http,
            requests: 9,
            slow: fromMilliseconds(2_400),
            callsPerRequest: { slow: 22, usual: 4 },
            timePerRequest: { slow: fromMilliseconds(2_000), usual: fromMilliseconds(300) },
            loops: [loop],
            ...of,
          },
        },
      })),
    });
    const [cost, around, ...more] = lensLines(costly({}), settings);
    assert.equal(more.length, 0);
    assert.equal(cost?.text, '$(flame)\u2002×22 in one request · 2 s of 2.4 s');
    assert.ok('cost' in cost && 'costly' in cost.cost);
    assert.equal(cost.cost.endpointId, `handler ${http.id}`);
    assert.equal(cost.cost.costly.line, 36);
    assert.match(
      cost.tooltip,
      /^A slow request of GET \/orders\/:id \(2\.4 s\) spends 2 s in 22 calls/,
    );
    assert.equal(around?.text, 'in the loop at orders.service.ts:81');
    assert.ok('code' in around && around.code.location === loop);
    const several = lensLines(costly({ loops: [loop, { ...loop, line: 90 }] }), settings);
    assert.equal(several.length, 1, 'which of several it is isn’t known');
    const cheap = { timePerRequest: { slow: fromMilliseconds(22), usual: undefined } };
    const [calm, ...none] = lensLines(costly(cheap), settings);
    assert.equal(none.length, 0);
    assert.ok('call' in calm!, 'leads to the trace with the most calls');
    assert.equal(calm.text, '×22 in one request · 22 ms of 2.4 s');
  });

  it('have beside a handler’s figures what it spends its time on, which leads there', () => {
    const slow = handler('/orders/:id', 27, { ...figures, p95: fromMilliseconds(900) });
    const dominant = {
      symbol: 'GET tax/*',
      share: 0.86,
      callsPerRequest: { slow: 22, usual: 4 },
      loops: [{ path: '/shop/orders.service.ts', line: 81, column: 1 }],
    };
    const costs = { requests: 9, places: [], dominant: dominant as never };
    const known = { handlers: [{ ...slow, line: { ...slow.line, costs } }], calls: [] };
    const [own, cost] = lensLines(known, settings);
    assert.ok('handler' in own! && own.text.endsWith(' · 10 in 1 h'));
    assert.equal(cost?.text, '86% in 22 × GET tax/*');
    assert.ok('cost' in cost && cost.cost.endpointId === 'handler /orders/:id');
    assert.deepEqual(cost.tooltip.split('\n'), [
      'GET tax/*, in the loop at orders.service.ts:81',
      'Click to see where the time goes.',
    ]);
  });
});

describe('a command link in a hover', () => {
  it('cannot be ended by what its arguments hold', () => {
    const hostile = {
      traceId: `) [x](command:evil "'\u0000*!`,
      location: { path: '/a)b', line: 1, column: 1 },
    };
    const link = commandLink('Open', 'spanhop.showCallTrace', hostile);
    const address = /^\[Open\]\(command:spanhop\.showCallTrace\?([^()'"\s*!]+)\)$/.exec(link)?.[1];
    assert.ok(address !== undefined, link);
    assert.deepEqual(JSON.parse(decodeURIComponent(address)), [hostile]);
  });
});

describe('a label in a quick pick', () => {
  it('draws no icon that a span named', () => {
    assert.ok(!withoutIcons('$(trash) GET $(x)').includes('$('));
  });
});
