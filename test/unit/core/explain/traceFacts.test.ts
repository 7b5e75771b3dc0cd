import assert from 'node:assert/strict';
import { traceFacts } from '../../../../src/core/explain/traceFacts.ts';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import { makeSpan } from '../../../support/span.ts';

const unmapped = { confidence: 'unmapped', cause: 'namesNoCode', reason: '' } as const;

describe('what is told of a trace', () => {
  it('calls spans as the waterfall does', () => {
    const call = makeSpan({
      id: 'a',
      name: 'GET',
      kind: 'client',
      status: 'error',
      duration: 10,
      attributes: { 'url.full': 'http://tax/rates?year=1' },
    });
    const { trace } = buildTrace([call]);
    const facts = traceFacts({ trace, matches: [unmapped] });
    assert.equal(facts.operation, trace.operations[0]);
    assert.equal(facts.operation, 'GET tax/rates');
    assert.deepEqual(
      facts.errors.map(({ operation }) => operation),
      ['GET tax/rates'],
    );
  });

  it('counts errors of calls to one place together, whatever ids are in their paths', () => {
    const failed = (id: string, path: string) =>
      makeSpan({
        id,
        name: 'GET',
        kind: 'client',
        status: 'error',
        attributes: { 'url.full': `http://tax/${path}` },
      });
    const factsOf = (...paths: readonly string[]) => {
      const { trace } = buildTrace(paths.map((path, at) => failed(String(at), path)));
      return traceFacts({ trace, matches: paths.map(() => unmapped) }).errors;
    };
    const told = (errors: ReturnType<typeof factsOf>) =>
      errors.map(({ operation, count }) => `${count} × ${operation}`);
    assert.deepEqual(told(factsOf('rates/1', 'rates/2', 'rules/1')), [
      '2 × GET tax/rates/*',
      '1 × GET tax/rules/1',
    ]);
    assert.deepEqual(told(factsOf('rates/1', 'rates/1')), ['2 × GET tax/rates/1']);
  });

  it('is told of one whose spans each have a name of their own', function () {
    this.timeout(60_000);
    const children = Array.from({ length: 150_000 }, (_, at) =>
      makeSpan({ id: `job ${at}`, parent: 'root', start: at, duration: 1 }),
    );
    const { trace } = buildTrace([makeSpan({ id: 'root', duration: 200_000 }), ...children]);
    const { costs, spanCount } = traceFacts({ trace, matches: [] });
    assert.equal(spanCount, 150_001);
    assert.deepEqual(
      costs.map(({ symbol, time }) => [symbol, time]),
      [['root', 50_000]],
    );
  });
});
