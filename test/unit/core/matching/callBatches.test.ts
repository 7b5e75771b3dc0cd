import assert from 'node:assert/strict';
import { microseconds } from '../../../../src/core/base/units.ts';
import { isMatch } from '../../../../src/core/matching/match.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { makeIndex } from '../../../support/codeIndex.ts';
import { mapSpans } from '../../../support/mapTrace.ts';
import { nestLayers, prismaOperation } from '../../../support/prismaSpans.ts';
import { makeSpan, type SpanSketch } from '../../../support/span.ts';

const loansAndMembers = {
  models: [
    { name: 'Loan', table: 'loans', related: ['Member'], relations: [] },
    { name: 'Member', table: 'Member', related: ['Loan'], relations: [] },
    { name: 'Slip', table: 'Slip', related: [], relations: [] },
  ],
};
const code = {
  ...makeIndex({
    '/w/lending': {
      services: ['shop-api'],
      files: {
        'src/loans.ts': {
          Loans: {
            card: {
              at: 5,
              to: 40,
              route: 'GET /card',
              prisma: [
                'Loan.findUnique@10',
                'Member.findUnique@11',
                'transaction@20',
                'Loan.delete@21',
                'Slip.create@22',
                'executeRaw@23',
              ],
            },
          },
        },
      },
    },
  }),
  ...loansAndMembers,
};

const ms = 1_000;
const request = nestLayers('Loans', 'card').map((one) => ({
  ...one,
  duration: microseconds(900 * ms),
}));
const call = (id: string, parent: string, start: number, name: string, duration = 100) =>
  prismaOperation(id, parent, start * ms, name, duration * ms);
const span = (
  id: string,
  parent: string,
  name: string,
  start: number,
  rest: Partial<SpanSketch> = {},
) => makeSpan({ id, parent, name, start: start * ms, duration: 2 * ms, ...rest });
const query = (
  id: string,
  parent: string,
  start: number,
  statement: string,
  name = 'prisma:client:db_query',
) =>
  span(id, parent, name, start, { attributes: { 'db.query.text': statement, 'db.system': 'x' } });
const selectLoan = 'SELECT 1 FROM "public"."loans" WHERE id = $1';
const selectMember = 'SELECT 1 FROM "public"."Member" WHERE id = $1';

/** `strong 11` of each span named. */
function places(spans: readonly RawSpan[], ...ids: readonly string[]): string[] {
  const { trace, matches } = mapSpans([...request, ...spans], code);
  return ids.map((id) => {
    const match = matches[trace.spans.findIndex(({ spanId }) => spanId === id)]!;
    return `${match.confidence} ${isMatch(match) ? String(match.location.line) : match.reason}`;
  });
}

describe('calls that Prisma ran together', () => {
  const pair = [
    call('loan', 'handler', 10, 'Loan.findUnique'),
    call('member', 'handler', 10, 'Member.findUnique', 99),
  ];

  it('in the engine of Prisma 5 and 6 have an engine span each, whose parts all are theirs', () => {
    const engine = (id: string, start: number, statement: string) => [
      span(id, 'loan', 'prisma:engine:query', start, { duration: 20 * ms }),
      span(`${id}-connection`, id, 'prisma:engine:connection', start + 1),
      query(`${id}-query`, id, start + 3, statement, 'prisma:engine:db_query'),
      query(`${id}-include`, id, start + 8, selectLoan, 'prisma:engine:db_query'),
    ];
    const spans = [...pair, ...engine('one', 12, selectLoan), ...engine('two', 12, selectMember)];
    assert.deepEqual(places(spans, 'one', 'one-connection', 'one-query', 'one-include'), [
      'strong 10',
      'strong 10',
      'strong 10',
      'strong 10',
    ]);
    assert.deepEqual(places(spans, 'two', 'two-connection', 'two-query', 'two-include'), [
      'strong 11',
      'strong 11',
      'strong 11',
      'strong 11',
    ]);
  });

  it('in the engine’s transaction are told apart in one engine span', () => {
    const spans = [
      span('tx', 'handler', 'prisma:client:transaction', 10, { duration: 200 * ms }),
      call('loan', 'tx', 10, 'Loan.delete'),
      call('slip', 'tx', 10, 'Slip.create', 99),
      span('engine', 'loan', 'prisma:engine:query', 12, { duration: 90 * ms }),
      query('begin', 'engine', 13, 'BEGIN', 'prisma:engine:db_query'),
      query('delete', 'engine', 20, 'DELETE FROM "loans"', 'prisma:engine:db_query'),
      query(
        'insert',
        'engine',
        30,
        'INSERT INTO "Slip" (id) VALUES ($1)',
        'prisma:engine:db_query',
      ),
      query('commit', 'engine', 40, 'COMMIT', 'prisma:engine:db_query'),
    ];
    assert.deepEqual(places(spans, 'engine', 'begin', 'delete', 'insert', 'commit'), [
      'strong 20',
      'strong 20',
      'strong 21',
      'strong 22',
      'strong 20',
    ]);
  });

  it('are told apart where the span of the $transaction is left out', () => {
    const spans = [
      call('loan', 'handler', 10, 'Loan.delete'),
      call('slip', 'handler', 10, 'Slip.create', 99),
      span('start', 'loan', 'prisma:client:start_transaction', 12),
      query('delete', 'loan', 20, 'DELETE FROM "loans"'),
      query('insert', 'loan', 30, 'INSERT INTO "Slip" (id) VALUES ($1)'),
      span('commit', 'loan', 'prisma:client:commit_transaction', 40),
    ];
    assert.deepEqual(places(spans, 'delete', 'insert', 'commit'), [
      'strong 21',
      'strong 22',
      'likely 21',
    ]);
  });

  it('take the database client’s spans below their queries, or in their place, with them', () => {
    const spans = [
      ...pair,
      query('loan-query', 'loan', 12, selectLoan),
      query('member-query', 'loan', 12, selectMember),
      query('pg', 'member-query', 12, selectMember, 'pg.query:SELECT'),
    ];
    assert.deepEqual(places(spans, 'loan-query', 'member-query', 'pg'), [
      'strong 10',
      'strong 11',
      'strong 11',
    ]);
    const alone = [
      ...pair,
      query('pg-loan', 'loan', 12, selectLoan, 'pg.query:SELECT'),
      query('pg-member', 'loan', 12, selectMember, 'pg.query:SELECT'),
    ];
    assert.deepEqual(places(alone, 'pg-loan', 'pg-member'), ['strong 10', 'strong 11']);
  });

  it('are told apart by MongoDB’s statements', () => {
    const spans = [
      ...pair,
      query('a', 'loan', 12, 'db.Member.aggregate([{ $match: {} }])', 'prisma:engine:db_query'),
      query('b', 'loan', 12, 'db.loans.aggregate([{ $match: {} }])', 'prisma:engine:db_query'),
    ];
    assert.deepEqual(places(spans, 'a', 'b'), ['strong 11', 'strong 10']);
  });

  it('have lists that a backend keeps as text', () => {
    const compile = (id: string, models: string) =>
      span(id, 'loan', 'prisma:client:compile', 11, { attributes: { models, actions: '["x"]' } });
    const spans = [
      ...pair,
      compile('a', '["Loan"]'),
      compile('b', '["Member"]'),
      query('q', 'loan', 13, selectLoan),
    ];
    assert.deepEqual(places(spans, 'a', 'b'), ['strong 10', 'strong 11']);
  });

  it('are not told apart by statements that say nothing', () => {
    const spans = [
      ...pair,
      query('q', 'loan', 13, 'prisma:client:db_query'),
      query('r', 'loan', 13, '…'),
    ];
    for (const place of places(spans, 'q', 'r')) assert.match(place, /^likely/);
  });

  it('are none of calls that ended before, or began after', () => {
    const spans = [
      call('before', 'handler', 2, 'Member.findUnique', 4),
      call('loan', 'handler', 10, 'Loan.findUnique'),
      query('q', 'loan', 12, selectLoan),
      query('r', 'loan', 20, selectMember),
      call('after', 'handler', 30, 'Member.findUnique', 4),
    ];
    assert.deepEqual(places(spans, 'q', 'r'), ['strong 10', 'strong 10']);
  });

  it('are none of calls that run alone: those that aren’t findUnique or in a $transaction', () => {
    const spans = [
      call('loan', 'handler', 10, 'Loan.findUnique'),
      query('q', 'loan', 12, selectLoan),
      query('r', 'loan', 20, selectMember),
      call('slip', 'handler', 10, 'Slip.create', 120),
    ];
    assert.deepEqual(places(spans, 'q', 'r'), ['strong 10', 'strong 10']);
  });
});
