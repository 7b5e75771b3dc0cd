import assert from 'node:assert/strict';
import fc from 'fast-check';
import { textOfMarks } from '../../../../src/core/base/markedText.ts';
import {
  sqlDialects,
  type SqlDialect,
} from '../../../../src/core/waterfall/details/sqlStatement.ts';
import { laidOutSql, markedSql } from '../../../../src/engine/sql/formatSql.ts';
import { sameSql } from '../../../../src/engine/sql/sameSql.ts';
import { assertGolden } from '../../../support/goldenText.ts';

/** As Prisma, Knex and people write them. */
const statements = [
  [
    'postgresql',
    `SELECT "public"."Order"."id", COUNT(*) AS "c" FROM "public"."Order" LEFT JOIN "public"."Item" AS "j1" ON ("j1"."orderId" = "public"."Order"."id") WHERE ("public"."Order"."id" IN ($1,$2,$3) AND "public"."Order"."note" = 'it''s  two') ORDER BY "public"."Order"."id" ASC LIMIT $4 OFFSET $5 /* traceparent='00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' */`,
  ],
  [
    'postgresql',
    `INSERT INTO "public"."Item" ("id","sku") VALUES ($1,$2), ($3,$4) ON CONFLICT ("id") DO UPDATE SET "sku" = EXCLUDED."sku" RETURNING "public"."Item"."id"`,
  ],
  ['postgresql', `SELECT data->>'a' AS a, tags #> '{x}' FROM t WHERE data @> '{"b": 1}'::jsonb`],
  ['mysql', "SELECT `o`.`id` FROM `shop`.`o` WHERE `id` IN (?,?,?) -- why\n AND `x` LIKE '%a' "],
  [
    'sqlite',
    'DELETE FROM "main"."Item" WHERE ("main"."Item"."id" = ? AND 1=1) RETURNING "id" AS "id", "sku" AS "sku"',
  ],
  [
    'transactsql',
    'SELECT [dbo].[Order].[id] FROM [dbo].[Order] WHERE [dbo].[Order].[id] = @P1 ORDER BY 1 OFFSET @P2 ROWS FETCH NEXT @P3 ROWS ONLY',
  ],
  ['sql', 'select * from a where b = :name and c = ?'],
  ['postgresql', '-- Implicit "COMMIT" query via underlying driver'],
  ['postgresql', 'SELECT "a" FROM "b" WHERE ("c" = $1 AND'],
] as const;

describe('SQL laid out', () => {
  it('as people read it, by its dialect; one that was cut stays as it is', () => {
    const text = statements
      .map(([dialect, statement]) => `${dialect}: ${laidOutSql(statement, dialect)}\n`)
      .join('\n');
    assertGolden(new URL('formatSql.golden.txt', import.meta.url), text);
  });

  it('says the same: only white space outside of quotes differs, for pieces of SQL in any order', () => {
    const piece = fc.constantFrom(
      ...[
        'SELECT',
        'FROM',
        'WHERE',
        '(',
        ')',
        ',',
        'AND',
        'IN',
        '$1',
        '?',
        ':a',
        '@p',
        '-',
        '- -',
        '--x\n',
      ],
      ...[
        "'a  b'",
        "'it''s'",
        '"x y"',
        '`q  r`',
        '[id]',
        '/* c  d */',
        '1.5e3',
        '::jsonb',
        '->>',
        '#>',
      ],
      ...[
        'CASE',
        'WHEN',
        'END',
        'BETWEEN',
        ';',
        '*',
        'a.b',
        'é',
        '\\',
        "E'\\''",
        '$$x  y$$',
        '\t',
        '#c\n',
      ],
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 25 }),
        fc.constantFrom(...sqlDialects),
        (pieces, dialect) => {
          const statement = pieces.join(' ');
          const result = laidOutSql(statement, dialect);
          assert.ok(sameSql(statement, result, dialect));
          assert.equal(result.replaceAll(/\s+/g, ''), statement.replaceAll(/\s+/g, ''));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('also with backslashes as texts, in dialects where they escape nothing', () => {
    for (const dialect of ['postgresql', 'sqlite', 'transactsql', 'plsql'] as const) {
      const statement = String.raw`SELECT a FROM b WHERE c LIKE 'x' ESCAPE '\' OR d LIKE 'y' ESCAPE '\' OR e = 'C:\'`;
      const result = laidOutSql(statement, dialect);
      assert.ok(result.includes('\n'), dialect);
      assert.equal(result.replaceAll(/\s+/g, ' '), statement);
    }
    const escaped = String.raw`SELECT a FROM b WHERE c = 'it\'s  x' AND d = '\\'`;
    assert.match(laidOutSql(escaped, 'mysql'), /'it\\'s  x'\n/);
  });

  it('never with what belongs together apart', () => {
    for (const [dialect, statement, together] of [
      ['postgresql', String.raw`SELECT a FROM b WHERE c = E'\n' AND d = b'101'`, ["E'", "b'101'"]],
      ['transactsql', "SELECT a FROM b WHERE c = N'x' AND d = 0", ["N'x'"]],
      ['transactsql', 'SELECT a || b FROM c WHERE d = 1 AND e = 2', ['||']],
      ['mysql', "SELECT a FROM b WHERE c = N'x' AND d = x'ff'", ["N'x'", "x'ff'"]],
      [
        'sql',
        "SELECT a FROM b WHERE c = E'a' AND d = b'101' AND e = N'x'",
        ["E'a'", "b'1", "N'x'"],
      ],
    ] as const)
      for (const way of [dialect, 'sql'] as const)
        for (const part of together)
          assert.ok(laidOutSql(statement, way).includes(part), statement);
  });

  it('in colors has the text that it was', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200 }),
        fc.constantFrom(...sqlDialects),
        (text, dialect) => {
          assert.equal(textOfMarks(markedSql(text, dialect)), text);
        },
      ),
    );
  });

  it('in colors tells keywords, texts, numbers, values to come, functions and comments apart', () => {
    const marked = markedSql(
      `SELECT COUNT(*), "a" FROM t WHERE b = 'x' AND c > 1.5 AND d = $12 -- e`,
      'postgresql',
    );
    const of = (kind: string) =>
      marked.filter((part) => part.kind === kind).map(({ text }) => text);
    assert.deepEqual(of('keyword'), ['SELECT', 'FROM', 'WHERE', 'AND', 'AND']);
    assert.deepEqual(of('string'), ["'x'"]);
    assert.deepEqual(of('number'), ['1.5']);
    assert.deepEqual(of('literal'), ['$12']);
    assert.deepEqual(of('name'), ['COUNT']);
    assert.deepEqual(of('comment'), ['-- e']);
    const [, quoted] = markedSql('SELECT "a"', 'mysql').filter(({ kind }) => kind !== 'plain');
    assert.deepEqual(quoted, { kind: 'string', text: '"a"' });
  });
});

describe('SQL in colors', () => {
  it('has backslashes in texts as its dialect reads them', () => {
    const texts = (statement: string, dialect: SqlDialect) =>
      markedSql(statement, dialect)
        .filter(({ kind }) => kind === 'string')
        .map(({ text }) => text);
    const plain = String.raw`a LIKE 'x' ESCAPE '\' OR b LIKE 'y' ESCAPE '\'`;
    for (const dialect of ['postgresql', 'sqlite', 'transactsql', 'plsql'] as const)
      assert.deepEqual(texts(plain, dialect), ["'x'", String.raw`'\'`, "'y'", String.raw`'\'`]);
    const escaped = String.raw`a = 'it\'s' AND b = 'y'`;
    assert.deepEqual(texts(escaped, 'mysql'), [String.raw`'it\'s'`, "'y'"]);
    assert.deepEqual(texts(String.raw`a = E'it\'s' AND b = 'y'`, 'postgresql'), [
      String.raw`'it\'s'`,
      "'y'",
    ]);
  });
});

describe('two statements are the same', () => {
  it('where white space between words and signs differs', () => {
    assert.ok(sameSql('select a,b from c', 'select\n  a,\n  b\nfrom\n  c'));
    assert.ok(sameSql('a /* x  y */', 'a\n/* x y */'));
    assert.ok(sameSql('a=-1 and b<@p and c=?', 'a = -1\nand b < @p\nand c = ?'));
    assert.ok(sameSql("date'2026-11-22'", "date '2026-11-22'"));
    assert.ok(sameSql('a=?||?and b=:c', 'a = ? || ? and b = :c'));
  });

  it('with backslashes in texts as the dialect reads them, in either way where it is unknown', () => {
    const plain = [String.raw`a '\' b '\' c`, `a '\\'\nb '\\'\nc`] as const;
    assert.ok(sameSql(...plain));
    assert.ok(sameSql(...plain, 'postgresql'));
    assert.ok(!sameSql(...plain, 'mysql'));
    const escaped = [String.raw`a 'it\'s  b' c`, `a\n'it\\'s  b' c`] as const;
    assert.ok(sameSql(...escaped));
    assert.ok(sameSql(...escaped, 'mysql'));
    assert.ok(sameSql(String.raw`a E'\'  b' c`, `a\nE'\\'  b' c`, 'postgresql'));
    assert.ok(!sameSql(String.raw`a '\',  b, '' c`, String.raw`a '\', b, '' c`, 'mysql'));
  });

  it('not where what belongs together stands apart', () => {
    for (const [one, other] of [
      ["E'a'", "E 'a'"],
      ["b'101'", "b '101'"],
      ["N'x'", "N 'x'"],
      ["U&'x'", "U & 'x'"],
      ['a || b', 'a | | b'],
      ['a->>b', 'a - >> b'],
      ['a::b', 'a : : b'],
      ['a >= b', 'a > = b'],
      ['@p', '@ p'],
      ['exec a @p', 'exec a@p'],
      ['a@b', 'a @b'],
      [':p', ': p'],
      ['$$a  b$$', '$$a b$$'],
      ['$x$a  b$x$', '$x$a b$x$'],
    ] as const)
      assert.ok(!sameSql(one, other), `${one} / ${other}`);
  });

  it('not where a word, a sign or white space in a text is another, or a sign runs into the next', () => {
    for (const [one, other] of [
      ['select a', 'selecta'],
      ["'a  b'", "'a b'"],
      ['"a  b"', '"a b"'],
      ['1 - -1', '1 --1'],
      ['a -- b\n c', 'a -- b c'],
      ['a, b', 'a b'],
      ['a', 'a a'],
      ['A', 'a'],
    ] as const)
      assert.ok(!sameSql(one, other), `${one} / ${other}`);
  });
});
