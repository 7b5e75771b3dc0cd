import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  isTransactionControl,
  statementTarget,
} from '../../../../src/core/trace/statementTarget.ts';

const shown = (statement: string) => {
  const target = statementTarget(statement);
  return target && `${target.verb} ${target.table}`;
};

describe('statementTarget', () => {
  const cases: readonly (readonly [what: string, statement: string, target: string | undefined])[] =
    [
      [
        'PostgreSQL',
        'SELECT "public"."Loan"."id" FROM "public"."Loan" WHERE id = $1',
        'select Loan',
      ],
      ['MySQL', 'UPDATE `shop`.`order_items` SET `n` = ? WHERE 1=1', 'update order_items'],
      ['SQL Server', 'DELETE FROM [dbo].[Loan] WHERE [dbo].[Loan].[id] = @P1', 'delete Loan'],
      [
        'keys that SQL Server declares first',
        'DECLARE @generated_keys table([id] INT) INSERT INTO [dbo].[Loan] ([name]) OUTPUT Inserted.[id] INTO @generated_keys VALUES (@P1)',
        'insert Loan',
      ],
      ['a merge', 'MERGE INTO [dbo].[Loan] USING (SELECT 1 AS x) AS s ON 1=1', 'insert Loan'],
      [
        'SQLite',
        'INSERT OR IGNORE INTO `main`.`_LoanToTag` (`A`, `B`) VALUES (?, ?)',
        'insert _LoanToTag',
      ],
      ['no quotes', 'select * from audit.entries e', 'select entries'],
      [
        'a count of a subquery',
        'SELECT COUNT(*) FROM (SELECT "a"."id" FROM "a" WHERE 1=1) AS "sub"',
        'select a',
      ],
      [
        'subqueries between the columns',
        'SELECT `t1`.`id`, (SELECT JSON_ARRAYAGG(x) FROM (SELECT 1 FROM `Post` AS `t2`) AS t3) AS posts FROM `User` AS `t1`',
        'select User',
      ],
      [
        'lateral joins',
        'SELECT "t1"."id" FROM "public"."User" AS "t1" LEFT JOIN LATERAL (SELECT 1 FROM "public"."Post") AS "p" ON true',
        'select User',
      ],
      [
        'a CTE',
        'WITH recent AS (SELECT id FROM "Visit") UPDATE "Member" SET seen = true',
        'update Member',
      ],
      [
        'an upsert',
        'INSERT INTO "Member" (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET n = 1',
        'insert Member',
      ],
      [
        'comments before and behind',
        '/* from \'x\' */ SELECT 1 FROM "Loan" -- FROM y',
        'select Loan',
      ],
      ['names in texts and quotes', `SELECT 'a FROM b', "c FROM d" FROM "Loan"`, 'select Loan'],
      ['MongoDB', 'db.Loan.aggregate([ { $match: { _id: "x" } } ])', 'select Loan'],
      [
        'MongoDB that writes',
        'db.getCollection("loan-slips").findAndModify({})',
        'update loan-slips',
      ],
      ['BEGIN', 'BEGIN', undefined],
      ['a commit of the driver', '-- Implicit "COMMIT" query via underlying driver', undefined],
      ['a SELECT without a table', "SELECT 'tagged'", undefined],
      ['a name of a span', 'prisma:client:db_query', undefined],
    ];
  for (const [what, statement, target] of cases) {
    it(`reads the table of ${what}`, () => {
      assert.equal(shown(statement), target);
    });
  }

  it('finds the table in any quotes, with any schema and comment', () => {
    const names = fc
      .stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,20}$/)
      .filter((name) => !/^only$/i.test(name));
    const quotes = fc.constantFrom(['"', '"'], ['`', '`'], ['[', ']']);
    const gap = fc.constantFrom(' ', '\n  ', ' /* FROM "No" */ ');
    fc.assert(
      fc.property(names, fc.option(names), quotes, gap, (table, schema, [open, close], between) => {
        const name = [...(schema === null ? [] : [schema]), table].map(
          (one) => `${open}${one}${close}`,
        );
        assert.equal(
          shown(`SELECT${between}1${between}FROM ${name.join('.')} WHERE 1=1`),
          `select ${table}`,
        );
      }),
    );
  });

  it('never throws, and takes no longer for hostile text', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('(', ')', '"', "'", '--', '/*', ' FROM ', 'SELECT ', 'WITH '),
        }),
        (text) => {
          statementTarget(text);
        },
      ),
    );
    const started = performance.now();
    for (const unit of ['(', '"', '/*', 'FROM (', "'", 'WITH (SELECT '])
      statementTarget(`SELECT ${unit.repeat(200_000)}`);
    assert.ok(performance.now() - started < 1_000);
  });
});

describe('isTransactionControl', () => {
  it('is true of what begins and ends transactions alone', () => {
    for (const text of [
      'BEGIN',
      'COMMIT',
      ' rollback',
      'SAVEPOINT a',
      '-- Implicit "COMMIT" query via driver',
    ])
      assert.ok(isTransactionControl(text), text);
    for (const text of ['SELECT 1', '-- all loans\nSELECT 1', 'BEGINNING'])
      assert.ok(!isTransactionControl(text), text);
  });
});
