import assert from 'node:assert/strict';
import type { CodeProblem } from '../../../../src/core/code/model.ts';
import { ReportTally } from '../../../../src/core/correlate/report/reportTally.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import {
  childNodes,
  rootNodes,
  type MappingNode,
} from '../../../../src/host/mapping/mappingNodes.ts';
import { nodeText } from '../../../../src/host/mapping/mappingText.ts';
import { shopIndex } from '../../../support/handMadeShop.ts';
import { foldersOf, mapSpans } from '../../../support/mapTrace.ts';
import { makeSpan } from '../../../support/span.ts';

const request = (id: string, service: string, route: string, method = 'GET'): RawSpan =>
  makeSpan({
    id,
    traceId: `trace ${id}`,
    name: `${method} ${route}`,
    service,
    kind: 'server',
    attributes: { 'http.request.method': method, 'http.route': route },
  });

function nodesOf(spans: readonly RawSpan[], problems: readonly CodeProblem[] = []) {
  const tally = new ReportTally(undefined);
  for (const span of spans) {
    const { trace, matches } = mapSpans([span], shopIndex);
    tally.add(trace, matches, shopIndex);
  }
  return rootNodes(tally.report({ ...shopIndex, problems }, foldersOf(spans, shopIndex)));
}

/** The tree as text: label, description in brackets, a level an indent. */
function drawn(nodes: readonly MappingNode[], indent = ''): string {
  return nodes
    .map((node) => {
      const { label, description } = nodeText(node, ['/shop']);
      return `${indent}${label} [${description}]\n${drawn(childNodes(node), `${indent}  `)}`;
    })
    .join('');
}

const find = (nodes: readonly MappingNode[], id: string): MappingNode => {
  const node = nodes.find((one) => one.id === id);
  assert.ok(node, `${id} in ${nodes.map((one) => one.id).join()}`);
  return node;
};

describe('the rows of the Mapping view', () => {
  it('go from service over sort to confidence and cause, each with how many spans', () => {
    const nodes = nodesOf([
      request('a', 'shop-api', '/api/orders'),
      request('b', 'shop-api', '/metrics'),
      request('c', 'shop-api', '/docs'),
      request('d', 'shop-api', '/docs'),
    ]);
    const todo =
      "If a controller here has this route, check the service's folder and global prefix. Otherwise it may come from a package or middleware.";
    assert.equal(
      drawn([find(nodes, 'service shop-api')]),
      [
        'shop-api [25% · 1 of 4 spans · shop-api]',
        '  Requests [25% · 1 of 4 spans]',
        '    very likely [1 span]',
        `    Route not found in code [3 spans · ${todo}]`,
        '      No handler in shop-api has route GET /docs. [2 spans]',
        '      No handler in shop-api has route GET /metrics. [1 span]',
        '',
      ].join('\n'),
    );
  });

  it('carry the span that a click opens', () => {
    const nodes = nodesOf([request('a', 'shop-api', '/api/orders')]);
    const [sort] = childNodes(find(nodes, 'service shop-api'));
    const [confidence] = childNodes(sort!);
    assert.ok(confidence?.kind === 'confidence');
    assert.deepEqual([confidence.traceId, confidence.spanId], ['trace a', 'a']);
  });

  it('list what the code and the traces lack of each other, and nothing where nothing is lacking', () => {
    const problems = [{ path: '/shop/shop-api/src/half.ts', line: 6, message: 'Syntax error.' }];
    const nodes = nodesOf(
      [request('a', 'shop-api', '/metrics'), request('b', 'gateway', '/x')],
      problems,
    );
    assert.match(
      drawn([find(nodes, 'section folders')]),
      /^Services without a folder \[1\]\n {2}gateway \[1 span\]/,
    );
    assert.match(drawn([find(nodes, 'section routes')]), /GET \/metrics \[1 span · shop-api\]/);
    assert.equal(
      drawn([find(nodes, 'section problems')]),
      'Skipped code [1]\n  shop-api/src/half.ts:6 [Syntax error.]\n',
    );
    const silent = drawn([find(nodes, 'section handlers')]);
    assert.match(silent, / {2}Not called \[\d+\]\n/);
    assert.match(silent, / {4}GET \/api\/orders \[OrdersController\.list\]\n/);
    assert.ok(!nodesOf([]).some(({ id }) => id === 'section problems'));
  });

  it('lead from a handler and from skipped code to their lines', () => {
    const problems = [{ path: '/shop/a.ts', line: undefined, message: 'Too large.' }];
    const nodes = nodesOf([request('a', 'shop-api', '/api/orders')], problems);
    const [problem] = childNodes(find(nodes, 'section problems'));
    assert.ok(problem?.kind === 'problem');
    assert.deepEqual(problem.location, { path: '/shop/a.ts', line: 1, column: 1 });
    const [silence] = childNodes(find(nodes, 'section handlers'));
    const [handler] = childNodes(silence!);
    assert.ok(handler?.kind === 'handler');
    assert.deepEqual(handler.location, handler.handler.location);
  });

  it('have an id each, whatever services and routes are called', () => {
    const nodes = nodesOf([
      request('a', 'mail', '/x'),
      request('b', 'mail/request', '/x'),
      request('c', 'mail GET', '/x'),
      request('d', 'mail', 'GET /x', 'GET'),
    ]);
    const ids: string[] = [];
    const visit = (node: MappingNode): void => {
      ids.push(node.id);
      childNodes(node).forEach(visit);
    };
    nodes.forEach(visit);
    assert.deepEqual(
      ids.filter((id, at) => ids.indexOf(id) !== at),
      [],
    );
  });

  it('show hostile names as they are, on one line and not endless', () => {
    const hostile = `x\u202e\n$(trash)[a](command:x)${'y'.repeat(5_000)}`;
    const nodes = nodesOf([request('a', hostile, hostile)]);
    const visit = (node: MappingNode): void => {
      const { label, description, details } = nodeText(node, ['/shop']);
      for (const text of [label, description, ...details]) {
        assert.ok(!/[\u202e\n]/.test(text), text);
        assert.ok(text.length < 1_000, String(text.length));
      }
      childNodes(node).forEach(visit);
    };
    nodes.forEach(visit);
  });

  it('have ids that differ, and are the same after the next reading', () => {
    const spans = [request('a', 'shop-api', '/metrics'), request('b', 'gateway', '/x')];
    const idsOf = (nodes: readonly MappingNode[]): string[] =>
      nodes.flatMap((node) => [node.id, ...idsOf(childNodes(node))]);
    const ids = idsOf(nodesOf(spans));
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(idsOf(nodesOf(spans)), ids);
  });
});
