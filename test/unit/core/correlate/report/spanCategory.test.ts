import assert from 'node:assert/strict';
import { spanCategory } from '../../../../../src/core/correlate/report/spanCategory.ts';
import { readRecording, recordings } from '../../../../support/recordedSpans.ts';
import { makeSpan } from '../../../../support/span.ts';

describe('the sort of a span', () => {
  it('is told of every recorded span by its instrumentation', () => {
    const byScope = new Map<string, Set<string>>();
    for (const recording of recordings) {
      for (const span of readRecording(recording, 'api')) {
        const scope = span.scope.replace('@opentelemetry/instrumentation-', '');
        byScope.set(scope, (byScope.get(scope) ?? new Set()).add(spanCategory(span)));
      }
    }
    const sorts = Object.fromEntries([...byScope].map(([scope, of]) => [scope, [...of].sort()]));
    assert.deepEqual(sorts, {
      http: ['outgoing', 'request'],
      express: ['middleware'],
      'nestjs-core': ['nest'],
      prisma: ['prismaCall', 'prismaWork'],
      app: ['other'],
    });
  });

  for (const [sort, sketch] of [
    ['graphql', { name: 'query orders', scope: '@opentelemetry/instrumentation-graphql' }],
    ['consumer', { name: 'process orders', kind: 'consumer' }],
    ['producer', { name: 'send orders', kind: 'producer' }],
    ['database', { name: 'get', kind: 'client', attributes: { 'db.system.name': 'redis' } }],
    ['outgoing', { name: 'GET', kind: 'client' }],
    ['other', { name: 'checkout' }],
  ] as const) {
    it(`${sketch.name} is of the sort ${sort}`, () => {
      assert.equal(spanCategory(makeSpan({ id: 'a', ...sketch })), sort);
    });
  }
});
