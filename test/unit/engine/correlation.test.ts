import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CodeIndex } from '../../../src/core/code/model.ts';
import { isMatch, type SpanMatch } from '../../../src/core/matching/match.ts';
import { buildTrace } from '../../../src/core/trace/build.ts';
import type { RawSpan } from '../../../src/core/trace/rawSpan.ts';
import { Correlation } from '../../../src/engine/correlation.ts';
import { makeIndex } from '../../support/codeIndex.ts';
import { nestApp, usersApp } from '../../support/recordedApps.ts';
import { readRecording, type Recording } from '../../support/recordedSpans.ts';
import { makeSpan } from '../../support/span.ts';

type Spans = readonly RawSpan[];

function correlationOf(index: CodeIndex): Correlation {
  const correlation = new Correlation();
  correlation.setIndex(index);
  return correlation;
}

/** A trace mapped as it is when it is opened. */
function opened(correlation: Correlation, spans: Spans): readonly SpanMatch[] {
  return correlation.match(buildTrace(spans).trace, correlation.evidenceWith([spans]));
}

/** A request to a service that no folder is named after; what it is asked for is all that tells its folder. */
const request = (id: string, route: string) => [
  makeSpan({
    id,
    traceId: `${id}${id}`,
    kind: 'server',
    service: 'prod-7',
    attributes: { 'http.request.method': 'GET', 'http.route': route },
  }),
];

/** The same, of a failure in a file that two folders have. */
const failure = (id: string, path: string) => [
  makeSpan({
    id,
    traceId: `${id}${id}`,
    service: 'prod-7',
    attributes: { 'code.file.path': path },
  }),
];

const routesOf = (root: string, names: readonly string[]) => ({
  [root]: {
    files: {
      'src/some.controller.ts': {
        SomeController: Object.fromEntries(
          names.map((name, at) => [name, { at: 10 + at, route: `GET /${name}` }]),
        ),
      },
    },
  },
});
const twoFolders = makeIndex({
  ...routesOf('/shop/api', ['orders', 'carts', 'health']),
  ...routesOf('/shop/admin', ['users', 'health']),
});

describe('mapping a trace', () => {
  it('gives the same whatever other traces were mapped before', () => {
    const correlation = correlationOf(twoFolders);
    const health = request('a', '/health');
    const before = opened(correlation, health);
    for (const route of ['/orders', '/carts']) opened(correlation, request('b', route));
    opened(correlation, failure('c', '/app/api/src/some.controller.ts'));
    assert.deepEqual(opened(correlation, health), before);
    assert.deepEqual(
      before.map(({ confidence }) => confidence),
      ['likely'],
    );
  });

  it('knows what the traces tell that are given with it', () => {
    const correlation = correlationOf(twoFolders);
    const [health, ...others] = [
      request('a', '/health'),
      request('b', '/orders'),
      request('c', '/carts'),
    ] as const;
    const evidence = correlation.evidenceWith([health, ...others]);
    const [match] = correlation.match(buildTrace(health).trace, evidence);
    assert.ok(match && isMatch(match));
    assert.deepEqual(
      [match.confidence, match.location.path],
      ['strong', '/shop/api/src/some.controller.ts'],
    );
  });

  it('knows what the sampled traces tell, until the source is another', () => {
    const correlation = correlationOf(twoFolders);
    const health = request('a', '/health');
    const alone = opened(correlation, health);
    correlation.setSample(
      [],
      correlation.evidenceWith([request('b', '/orders'), request('c', '/carts')]),
      { sampledTraces: 0, isWhole: true },
    );
    assert.equal(opened(correlation, health)[0]?.confidence, 'strong');
    correlation.setFigures(undefined, 'other');
    assert.deepEqual(opened(correlation, health), alone);
  });

  it('names the services that traces bring along with those that the source lists', () => {
    const correlation = correlationOf(twoFolders);
    correlation.seeServices(['listed']);
    opened(correlation, request('a', '/orders'));
    assert.deepEqual([...correlation.folders().keys()], ['listed']);
    const evidence = correlation.evidenceWith([request('a', '/orders')]);
    assert.deepEqual(
      correlation.serviceFolders(evidence).map(({ service }) => service),
      ['listed', 'prod-7'],
    );
  });

  const recorded: readonly (readonly [Recording, CodeIndex, string])[] = [
    ['nest-spans', nestApp, 'nest-api'],
    ['nest11mid-spans', nestApp, 'nest-api'],
    ['nest-prisma-spans', usersApp, 'users-api'],
    ['prisma6-spans', usersApp, 'users-api'],
    // Under a name that no folder has: what is asked of it tells its folder.
    ['nest-spans', nestApp, 'prod-7'],
    ['nest-prisma-spans', usersApp, 'prod-7'],
  ];
  for (const [recording, index, service] of recorded) {
    const traces: readonly Spans[] = [
      ...Map.groupBy(readRecording(recording, service), ({ traceId }) => traceId).values(),
    ];
    /** In the order of `traces`, mapped in the order of `positions`. */
    const mapped = (positions: readonly number[], map: (spans: Spans) => readonly SpanMatch[]) => {
      const matches = new Map(positions.map((at) => [at, map(traces[at] ?? [])]));
      return traces.map((_, at) => matches.get(at));
    };
    const inOrder = traces.map((_, at) => at);
    const anyOrder = fc.shuffledSubarray(inOrder, { minLength: traces.length });

    it(`of ${recording} as ${service} gives the same in any order, alone and again`, () => {
      const first = correlationOf(index);
      const expected = mapped(inOrder, (spans) => opened(first, spans));
      assert.ok(traces.length > 3 && expected.some((matches) => matches?.some(isMatch)));
      fc.assert(
        fc.property(anyOrder, (order) => {
          const correlation = correlationOf(index);
          const twice = [...order, ...order];
          assert.deepEqual(
            mapped(twice, (spans) => opened(correlation, spans)),
            expected,
          );
        }),
        { numRuns: 10 },
      );
    });

    it(`of ${recording} as ${service} gives the same in any order, told of in any order`, () => {
      const first = correlationOf(index);
      const all = first.evidenceWith(traces);
      const map = (correlation: Correlation, evidence: typeof all) => (spans: Spans) =>
        correlation.match(buildTrace(spans).trace, evidence);
      const expected = mapped(inOrder, map(first, all));
      fc.assert(
        fc.property(anyOrder, anyOrder, (told, order) => {
          const correlation = correlationOf(index);
          const evidence = correlation.evidenceWith(told.map((at) => traces[at] ?? []));
          assert.deepEqual(mapped(order, map(correlation, evidence)), expected);
        }),
        { numRuns: 10 },
      );
    });
  }
});
