import assert from 'node:assert/strict';
import { lendingIndex, mapQueries, type MappedQuery } from '../../../support/lendingApp.ts';
import { mapSpans } from '../../../support/mapTrace.ts';
import { lendingRecordings, readRecording } from '../../../support/recordedSpans.ts';
import { isMatch } from '../../../../src/core/matching/match.ts';

const isRight = (query: MappedQuery) => query.said === query.true;
/** `select members strong`, `likely!` where the line is another than the one that made it. */
const judged = (queries: readonly MappedQuery[]) =>
  queries
    .map((query) => `${query.statement} ${query.confidence}${isRight(query) ? '' : '!'}`)
    .sort();

describe('queries of Prisma calls that run together', () => {
  for (const recording of lendingRecordings) {
    describe(recording, () => {
      const spans = (label: string) => readRecording(recording, 'lending', label);
      const of = (label: string) => judged(mapQueries(spans(label)));

      it('are those of the findUnique whose model it is, related or not, in any method', () => {
        assert.deepEqual(of('unrelated'), ['select Notice strong', 'select loan_entries strong']);
        assert.deepEqual(of('related'), ['select loan_entries strong', 'select members strong']);
        assert.deepEqual(of('related again'), of('related'));
        assert.deepEqual(of('twice'), [
          'select Copy strong',
          'select Tag strong',
          'select loan_entries strong',
          'select members strong',
        ]);
      });

      it('stay with the call that includes them', () => {
        assert.deepEqual(of('alone'), ['select loan_entries strong', 'select members strong']);
        assert.deepEqual(of('methods'), [
          'select Copy strong',
          'select Tag likely',
          'select loan_entries strong',
          'select members strong',
        ]);
        assert.ok(mapQueries(spans('in-full')).every(isRight));
        assert.ok(!of('in-full').includes('select Copy strong'));
      });

      it('are shared by the calls of one line that they were merged of', () => {
        assert.deepEqual(of('many'), ['select loan_entries strong', 'select members strong']);
      });

      it('say that calls of several lines share them', () => {
        const [merged, ...others] = mapQueries(spans('two-lines'));
        assert.equal(others.length, 0);
        assert.match(merged!.reason, /^Shared by several calls/);
        assert.notEqual(merged!.confidence, 'strong');
      });

      it('of one model and several shapes are told apart by order alone', () => {
        assert.deepEqual(of('two-shapes'), [
          'select loan_entries likely',
          'select loan_entries likely',
        ]);
      });

      it('are those of the call of a $transaction whose table it is', () => {
        assert.deepEqual(of('give-back'), ['delete loan_entries strong', 'insert Slip strong']);
        assert.deepEqual(of('at-once'), [
          'insert loan_entries strong',
          'select Notice strong',
          'update Copy strong',
          'update members strong',
        ]);
      });

      it('are not sure where calls of a $transaction write and include each other’s models', () => {
        const nested = mapQueries(spans('nested'));
        assert.ok(nested.every(({ confidence }) => confidence === 'likely'));
        assert.ok(of('raw').includes('update Copy strong'));
        assert.ok(of('joined').includes('insert Tag strong'));
      });

      it('are not sure where the $transaction was rolled back', () => {
        const refused = mapQueries(spans('refused'));
        assert.ok(refused.every(({ confidence }) => confidence === 'likely'));
      });

      it('stay where calls run at once without being batched', () => {
        const beside = mapQueries(spans('beside'));
        assert.equal(beside.length, 5);
        assert.ok(beside.every((query) => isRight(query) && query.confidence === 'strong'));
      });

      it('of another request in the same tick are not sure', () => {
        assert.deepEqual(of('meet'), ['select Notice likely!', 'select loan_entries strong']);
        const notice = mapQueries(spans('meet')).find(({ statement }) => /Notice/.test(statement));
        assert.match(notice!.reason, /^May belong to another request/);
      });

      it('are never strong and wrong', () => {
        const all = mapQueries(readRecording(recording, 'lending'));
        assert.ok(all.length > 55);
        const sure = all.filter(({ confidence }) => ['exact', 'strong'].includes(confidence));
        assert.ok(sure.length > 30);
        assert.deepEqual(
          sure.filter((query) => !isRight(query)),
          [],
        );
        assert.ok(all.filter(isRight).length / all.length > 0.75);
      });

      it('leave what compiles, begins and ends an array of calls to its $transaction', () => {
        const { trace, matches } = mapSpans(spans('give-back'), lendingIndex);
        const shared = trace.spans.flatMap(({ name }, row) =>
          /compile|start_transaction|commit_transaction|client:transaction/.test(name)
            ? [matches[row]!]
            : [],
        );
        assert.ok(shared.length >= 4);
        for (const match of shared) {
          assert.ok(isMatch(match));
          assert.match(match.symbol, /^\$transaction/);
          assert.equal(match.confidence, 'strong');
        }
      });

      it('have the compilation of their own call beside them', () => {
        const { trace, matches } = mapSpans(spans('unrelated'), lendingIndex);
        for (const [row, span] of trace.spans.entries()) {
          if (span.name !== 'prisma:client:compile') continue;
          const [model] = span.attributes.find(({ key }) => key === 'models')!.value as string[];
          const match = matches[row]!;
          assert.ok(isMatch(match) && match.symbol.toLowerCase().startsWith(model!.toLowerCase()));
        }
      });
    });
  }
});
