import Prism from 'prismjs';
import 'prismjs/components/prism-sql.js';
import {
  bigquery,
  clickhouse,
  formatDialect,
  mariadb,
  mysql,
  plsql,
  postgresql,
  snowflake,
  sql,
  sqlite,
  transactsql,
  type DialectOptions,
} from 'sql-formatter';
import {
  joinedParts,
  type MarkedText,
  type TextKind,
  type TextPart,
} from '../../core/base/markedText.ts';
import type { SqlDialect } from '../../core/waterfall/details/sqlStatement.ts';
import { hasEscapes, sameSql } from './sameSql.ts';

const dialects: Readonly<Record<SqlDialect, DialectOptions>> = {
  sql,
  postgresql,
  mysql,
  mariadb,
  sqlite,
  transactsql,
  plsql,
  clickhouse,
  snowflake,
  bigquery,
};

/**
 * The statement on lines, as its dialect or any other way it can be read; as it is where that fails or would say
 * something else. May take seconds for hostile text: see `SqlThread`.
 */
export function laidOutSql(statement: string, dialect: SqlDialect): string {
  for (const way of dialect === 'sql' ? [dialect] : [dialect, 'sql' as const]) {
    const formatted = attempt(statement, way);
    if (formatted !== undefined && sameSql(statement, formatted, dialect)) return formatted;
  }
  return statement;
}

function attempt(statement: string, dialect: SqlDialect): string | undefined {
  try {
    return formatDialect(statement, {
      dialect: dialects[dialect],
      expressionWidth: 60,
      ...(dialect === 'sql' && {
        paramTypes: { positional: true, numbered: ['$', ':', '?'], named: [':', '@'] },
      }),
    });
  } catch {
    return undefined; // A statement that was cut, or of another dialect.
  }
}

/** The parts of a statement by kind; together they are the statement. */
export const markedSql = (statement: string, dialect: SqlDialect): MarkedText =>
  joinedParts(partsOf(Prism.tokenize(statement, grammarOf(dialect)), isQuoting(dialect)));

/** The library's grammar with the places of values, which stand in no text or comment. */
const grammar = Object.fromEntries(
  Object.entries(Prism.languages['sql'] ?? {}).flatMap(([type, pattern]) =>
    type === 'function'
      ? [['placeholder', /\$\d+|\?/] as const, [type, pattern]]
      : [[type, pattern]],
  ),
) as Prism.Grammar;

/** The library has escapes in every text; here only PostgreSQL's `E'…'` have them. */
const plainTexts: Prism.Grammar = {
  ...grammar,
  string: [
    { pattern: /(\b[eE])'(?:[^'\\]|''|\\[\s\S])*'/, greedy: true, lookbehind: true },
    { pattern: /(^|[^@])(?:'(?:[^']|'')*'|"(?:[^"]|"")*")/, greedy: true, lookbehind: true },
  ],
};

const grammarOf = (dialect: SqlDialect): Prism.Grammar =>
  dialect === 'sql' || hasEscapes(dialect) ? grammar : plainTexts;

/** Double quotes hold text there; elsewhere they hold a name. */
const isQuoting = (dialect: SqlDialect): boolean => /^(?:mysql|mariadb|bigquery)$/.test(dialect);

type Tokens = ReturnType<typeof Prism.tokenize>;

function* partsOf(tokens: Tokens, quotesText: boolean): Generator<TextPart> {
  for (const token of tokens) {
    if (typeof token === 'string') yield { kind: 'plain', text: token };
    else {
      const text = flat(token.content);
      const isName = token.type === 'string' && text.startsWith('"') && !quotesText;
      yield { kind: isName ? 'plain' : kindOf(token.type, text), text };
    }
  }
}

const flat = (content: Prism.TokenStream): string => {
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? content.map(flat).join('') : flat(content.content);
};

/** AND and LIKE are operators to the library. */
const kindOf = (type: string, text: string): TextKind =>
  type === 'operator' && /^[a-z]/i.test(text) ? 'keyword' : (kinds[type] ?? 'plain');

const kinds: Readonly<Record<string, TextKind>> = {
  keyword: 'keyword',
  variable: 'literal',
  placeholder: 'literal',
  function: 'name',
  string: 'string',
  number: 'number',
  boolean: 'literal',
  comment: 'comment',
};
