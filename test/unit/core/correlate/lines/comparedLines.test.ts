import assert from 'node:assert/strict';
import { comparedLines } from '../../../../../src/core/correlate/lines/comparedLines.ts';
import { timesByLine } from '../../../../../src/core/correlate/lines/timesByLine.ts';
import { mapSpans } from '../../../../support/mapTrace.ts';
import { nPlusOne } from '../../../../support/nPlusOne.ts';
import { usersApp } from '../../../../support/recordedApps.ts';

const timed = (calls: number) => {
  const mapped = mapSpans(nPlusOne(calls, 0).spans, usersApp);
  return { mapped, times: timesByLine(mapped)(usersApp) };
};
const shown = (...of: Parameters<typeof comparedLines>) =>
  comparedLines(...of).map(({ symbol, location, calls, self, critical }) => [
    `${symbol}:${location.line}`,
    calls,
    self,
    critical,
  ]);

describe('the lines of two traces', () => {
  it('have the calls and times of both, the largest difference first', () => {
    assert.deepEqual(shown(timed(2), timed(22)), [
      [
        'post.findMany in UsersService.nPlusOne:33',
        [2, 22],
        [100_000, 1_100_000],
        [100_000, 1_100_000],
      ],
      ['UsersController.all:10', [1, 1], [95_000, 95_000], [200_000, 1_200_000]],
      ['user.findMany in UsersService.nPlusOne:31', [1, 1], [5_000, 5_000], [5_000, 5_000]],
    ]);
  });

  it('have how many of the calls failed', () => {
    const failing = nPlusOne(2, 0).spans.map((span) =>
      span.name === 'prisma:client:operation' ? { ...span, status: 'error' as const } : span,
    );
    const mapped = mapSpans(failing, usersApp);
    const lines = comparedLines(timed(2), { mapped, times: timesByLine(mapped)(usersApp) });
    assert.deepEqual(
      lines.map(({ location, errors }) => [location.line, errors]),
      [
        [33, [0, 2]],
        [31, [0, 1]],
        [10, [0, 0]],
      ],
    );
  });

  it('have nothing of the one that does not run there', () => {
    const lines = shown(timed(0), timed(3));
    assert.deepEqual(lines[0], [
      'post.findMany in UsersService.nPlusOne:33',
      [0, 3],
      [0, 150_000],
      [0, 150_000],
    ]);
    assert.deepEqual(shown(timed(3), timed(0))[0]?.[2], [150_000, 0]);
  });
});
