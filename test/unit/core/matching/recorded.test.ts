import assert from 'node:assert/strict';
import { isMatch } from '../../../../src/core/matching/match.ts';
import type { CodeIndex } from '../../../../src/core/code/model.ts';
import { assertGolden } from '../../../support/goldenText.ts';
import { describeMapping, mapSpans } from '../../../support/mapTrace.ts';
import { nestApp, usersApp } from '../../../support/recordedApps.ts';
import { readRecording, type Recording } from '../../../support/recordedSpans.ts';

const golden = (name: string) => new URL(`golden/${name}.txt`, import.meta.url);

describe('matchTrace of recorded requests', () => {
  const shown: readonly (readonly [Recording, CodeIndex, string, string])[] = [
    ['nest-prisma-spans', usersApp, 'GET n+1', 'n-plus-one'],
    ['nest-prisma-spans', usersApp, 'POST unique violation', 'unique-violation'],
    ['nest-spans', nestApp, 'GET param', 'get-param'],
    ['nest-spans', nestApp, '404', 'not-found'],
    ['nest-spans', nestApp, 'outgoing', 'outgoing'],
    ['nest-spans', nestApp, 'inherited', 'inherited'],
    ['prisma6-spans', usersApp, 'tx array', 'batch'],
  ];
  for (const [recording, index, label, name] of shown) {
    it(`tells the code of "${label}" and why (golden/${name}.txt)`, () => {
      const spans = readRecording(recording, index.projects[0]!.name, label);
      assertGolden(golden(name), describeMapping(mapSpans(spans, index)));
    });
  }

  for (const recording of ['nest-spans', 'nest11mid-spans'] as const) {
    it(`finds the handler of every NestJS span of ${recording}`, () => {
      const spans = readRecording(recording, 'nest-api');
      for (const label of [
        'GET param',
        'DELETE',
        'ALL',
        'multi',
        'sse',
        'versioned',
        'inherited',
      ]) {
        const traced = readRecording(recording, 'nest-api', label);
        const { trace, matches } = mapSpans(traced, nestApp);
        const handlers = trace.spans.flatMap((span, row) =>
          span.scope.includes('nestjs') || span.kind === 'server' ? [matches[row]!] : [],
        );
        assert.ok(handlers.length >= 3, label);
        assert.ok(
          handlers.every((match) => match.confidence === 'strong'),
          label,
        );
      }
      assert.ok(spans.length > 100);
    });
  }

  it('gives Prisma calls of the loop the line in the loop', () => {
    const spans = readRecording('nest-prisma-spans', 'users-api', 'GET n+1');
    const { trace, matches } = mapSpans(spans, usersApp);
    const lines = matches.flatMap((match, row) =>
      trace.spans[row]!.name === 'prisma:client:operation' && isMatch(match)
        ? [`${match.symbol}:${match.location.line}`]
        : [],
    );
    assert.deepEqual(lines, [
      'user.findMany in UsersService.nPlusOne:31',
      'post.findMany in UsersService.nPlusOne:33',
      'post.findMany in UsersService.nPlusOne:33',
    ]);
  });
});
