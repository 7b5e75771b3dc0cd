import assert from 'node:assert/strict';
import { indexMarkedApp, mapMarked, type MarkedMatch } from '../../../support/markedCalls.ts';
import { prismaRecordings, readRecording } from '../../../support/recordedSpans.ts';

describe('Prisma spans of the orders application, whose calls are easily confused', () => {
  const { index, lines } = indexMarkedApp();
  const isRight = ({ mark, place }: MarkedMatch) => place === lines.get(mark);

  for (const recording of prismaRecordings) {
    describe(recording, () => {
      const map = (label: string) => mapMarked(readRecording(recording, 'orders', label), index);
      /** `strong`, or `likely!` where the line is another than the one that called. */
      const judged = (label: string) =>
        map(label)
          .map((match) => `${match.mark} ${match.confidence}${isRight(match) ? '' : '!'}`)
          .sort();

      it('in and beside a transaction, passed on in it and in a batch', () => {
        assert.deepEqual(judged('transfer'), [
          'checked strong',
          'locked strong',
          'logged strong',
          'moved strong',
        ]);
        assert.deepEqual(judged('stats'), ['orders strong', 'users strong']);
      });

      it('of findUnique calls that share a query, of nested includes and fluent relations', () => {
        assert.deepEqual(judged('many'), ['loaded strong', 'loaded strong', 'loaded strong']);
        assert.deepEqual(judged('tree'), ['tree strong']);
        assert.deepEqual(judged('of-user'), ['fluent strong']);
      });

      it('of bulk operations and of a query in a loop', () => {
        assert.deepEqual(judged('bulk'), [
          'aggregated strong',
          'created strong',
          'first strong',
          'grouped strong',
          'upserted strong',
        ]);
        assert.deepEqual(new Set(judged('loop')), new Set(['all strong', 'each strong']));
      });

      it('of a generic repository, by the class that is called', () => {
        assert.deepEqual(judged('lists'), ['list strong', 'list strong']);
      });

      it('of an extension: inside the call that it extends', () => {
        assert.deepEqual(judged('remove'), ['deleted strong', 'softDelete likely']);
      });

      it('told apart by order where calls are awaited one after the other', () => {
        assert.deepEqual(judged('twice'), ['after likely', 'before likely']);
        assert.deepEqual(judged('raw'), ['executed strong', 'tagged likely', 'unsafe likely']);
      });

      it('are weak where calls run at once, or one of several', () => {
        for (const label of ['both', 'branch', 'rename/new', 'known']) {
          for (const { confidence } of map(label)) assert.equal(confidence, 'weak', label);
        }
      });

      it('are not strong where a listener may have run', () => {
        assert.deepEqual(judged('see'), ['seen likely!']);
      });

      it('are never strong and wrong', () => {
        const all = mapMarked(readRecording(recording, 'orders'), index);
        assert.ok(all.length > 30);
        const sure = all.filter(({ confidence }) => confidence === 'strong');
        assert.ok(sure.length > 20);
        assert.deepEqual(
          sure.filter((match) => !isRight(match)),
          [],
        );
      });
    });
  }
});
