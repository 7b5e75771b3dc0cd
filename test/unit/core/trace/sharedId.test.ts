import assert from 'node:assert/strict';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { makeSpan, type SpanSketch } from '../../../support/span.ts';

/** One line a row: indented, by name. */
function tree(spans: readonly RawSpan[]): readonly string[] {
  const { trace } = buildTrace(spans);
  return trace.spans.map(({ name }, row) => '  '.repeat(trace.columns.depth[row]!) + name);
}
const problemKinds = (spans: readonly RawSpan[]) =>
  buildTrace(spans).problems.map(({ kind, row }) => `${kind} ${row}`);

const edge = (sketch: SpanSketch) => makeSpan({ service: 'edge', ...sketch });
const shop = (sketch: SpanSketch) => makeSpan({ service: 'shop', ...sketch });
/** The same service on another machine. */
const onHost = (host: string, span: RawSpan): RawSpan => ({
  ...span,
  resource: { ...span.resource, attributes: [{ key: 'host.name', value: host }] },
});

const root = edge({ id: 'r', name: 'root', kind: 'server', duration: 100 });
const client = edge({
  id: 'x',
  parent: 'r',
  name: 'client',
  kind: 'client',
  start: 10,
  duration: 80,
});
const server = shop({
  id: 'x',
  parent: 'r',
  name: 'server',
  kind: 'server',
  start: 20,
  duration: 50,
});
const query = shop({ id: 'q', parent: 'x', name: 'query', start: 30, duration: 9 });

describe('spans that share an id', () => {
  it('are the two sides of a call: the server below the client, what it did below the server', () => {
    const spans = [query, server, client, root];
    assert.deepEqual(tree(spans), ['root', '  client', '    server', '      query']);
    assert.deepEqual(problemKinds(spans), []);
  });

  it('keep what the caller did below the client, and what a third service did below the server', () => {
    const dns = edge({ id: 'd', parent: 'x', name: 'dns', start: 11, duration: 3 });
    const other = makeSpan({ id: 'o', parent: 'x', name: 'other', service: 'mail', start: 5 });
    assert.deepEqual(tree([root, client, server, query, dns, other]), [
      'root',
      '  client',
      '    dns',
      '    server',
      '      other',
      '      query',
    ]);
  });

  it('are told apart by the process where client and server are of one service', () => {
    const caller = onHost('a', { ...server, name: 'client', kind: 'client', start: client.start });
    const callee = onHost('b', server);
    const late = onHost('a', shop({ id: 'l', parent: 'x', name: 'late', start: 60, duration: 9 }));
    assert.deepEqual(tree([root, caller, callee, late, onHost('b', query)]), [
      'root',
      '  client',
      '    server',
      '      query',
      '    late',
    ]);
  });

  it('are told apart by the time where client and server are of one process', () => {
    const caller: RawSpan = { ...client, resource: server.resource };
    const dns = shop({ id: 'd', parent: 'x', name: 'dns', start: 11, duration: 3 });
    assert.deepEqual(tree([root, caller, server, query, dns]), [
      'root',
      '  client',
      '    dns',
      '    server',
      '      query',
    ]);
  });

  it('may be a producer and several consumers', () => {
    const producer: RawSpan = { ...client, name: 'send', kind: 'producer' };
    const first: RawSpan = { ...server, name: 'first', kind: 'consumer' };
    const second = makeSpan({
      id: 'x',
      name: 'second',
      kind: 'consumer',
      service: 'mail',
      start: 40,
    });
    const spans = [root, producer, first, second, query];
    assert.deepEqual(tree(spans), ['root', '  send', '    first', '      query', '    second']);
    assert.deepEqual(problemKinds(spans), []);
  });

  it('may be a call and what was tried twice to answer it: each with its own children', () => {
    const again: RawSpan = { ...server, name: 'again', start: 75 as never, duration: 9 as never };
    const later = shop({ id: 'l', parent: 'x', name: 'later', start: 76, duration: 1 });
    const spans = [root, client, server, again, query, later];
    assert.deepEqual(tree(spans), [
      'root',
      '  client',
      '    server',
      '      query',
      '    again',
      '      later',
    ]);
    assert.deepEqual(problemKinds(spans), ['duplicateId 4']);
  });

  it('stay one call where one side says no kind', () => {
    const kindless: RawSpan = { ...server, kind: 'unspecified' };
    assert.deepEqual(tree([root, client, kindless, query]), [
      'root',
      '  client',
      '    server',
      '      query',
    ]);
    const sender: RawSpan = { ...client, kind: 'unspecified' };
    assert.deepEqual(tree([root, sender, server, query]), [
      'root',
      '  client',
      '    server',
      '      query',
    ]);
  });

  it('leave a server where it says when its client went to another backend', () => {
    assert.deepEqual(tree([root, server, query]), ['root', '  server', '    query']);
  });

  it('hold at every hop, and at the root', () => {
    const hop = (id: string, parent: string | undefined, from: string, to: string, at: number) => [
      makeSpan({
        id,
        parent,
        name: `${from} asks`,
        kind: 'client',
        service: from,
        start: at,
        duration: 90 - at,
      }),
      makeSpan({
        id,
        parent,
        name: `${to} answers`,
        kind: 'server',
        service: to,
        start: at + 1,
        duration: 80 - at,
      }),
    ];
    const spans = [
      ...hop('1', undefined, 'a', 'b', 0),
      ...hop('2', '1', 'b', 'c', 10),
      ...hop('3', '2', 'c', 'a', 20),
      makeSpan({ id: '4', parent: '3', name: 'a works', service: 'a', start: 30 }),
    ];
    const expected = [
      'a asks',
      'b answers',
      'b asks',
      'c answers',
      'c asks',
      'a answers',
      'a works',
    ].map((name, depth) => '  '.repeat(depth) + name);
    assert.deepEqual(tree(spans), expected);
    assert.deepEqual(tree(spans.toReversed()), expected);
    assert.deepEqual(problemKinds(spans), []);
  });

  it('hold where the clock of the server is ahead of its client', () => {
    const early: RawSpan = { ...server, start: 1 as never };
    assert.deepEqual(tree([root, client, early, query]), [
      'root',
      '  client',
      '    server',
      '      query',
    ]);
  });

  it('take no longer the more of them there are', () => {
    const spans = Array.from({ length: 100_000 }, (_, index) =>
      index % 2 === 0
        ? shop({ id: 'x', kind: index % 4 === 0 ? 'client' : 'server', start: index })
        : edge({ id: `${index}`, parent: 'x', start: index }),
    );
    const began = performance.now();
    assert.equal(buildTrace(spans).trace.size, 100_000);
    assert.ok(performance.now() - began < 5_000);
  });
});
