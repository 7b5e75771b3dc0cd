import type { SqlDialect } from '../../core/waterfall/details/sqlStatement.ts';

/**
 * True where two statements differ in white space only, and none of it in quoted text: no sign got lost, none runs into
 * a comment or another word, and what is one part in either is one in the other. Comments may be indented in another way.
 * @param dialect says whether `\` escapes in quotes; where it doesn't, either reading may hold
 */
export const sameSql = (one: string, other: string, dialect: SqlDialect = 'sql'): boolean =>
  readingsOf(dialect).some((parts) => sameParts(one, other, parts));

function readingsOf(dialect: SqlDialect): readonly RegExp[] {
  if (dialect === 'sql') return [withEscapes, withoutEscapes];
  return [hasEscapes(dialect) ? withEscapes : withoutEscapes];
}

/** True where `\` escapes the next character of a quoted text; of the unnamed rest that isn't known. */
export const hasEscapes = (dialect: SqlDialect): boolean =>
  /^(?:mysql|mariadb|clickhouse|snowflake|bigquery)$/.test(dialect);

/** Longer ones first. A sign before a number is none of them: `a=-1`. */
const operators = [
  String.raw`::|:=|->>?|#>>?|#-|<=>|<>|<=|>=|!=|=>|==|<<|>>|\|\||&&|\*\*`,
  String.raw`!~~?\*?|~~?\*|~~|@>|<@(?![\p{L}_@])|@@|@\?|\?\|(?!\|)|\?&|[-+*/%&|^]=`,
].join('|');

const escaping = String.raw`'(?:[^'\\]|''|\\.)*'|"(?:[^"\\]|""|\\.)*"`;
const plain = String.raw`'(?:[^']|'')*'|"(?:[^"]|"")*"`;

const withEscapes = partsWith(escaping);
const withoutEscapes = partsWith(plain);

/**
 * Quoted text with the prefix that says of what kind it is, comments, words with what makes them parameters or
 * variables, operators and other signs; white space is what lies between. PostgreSQL's `E'…'` has escapes in any reading.
 */
function partsWith(quoted: string): RegExp {
  const word = String.raw`[\p{L}\p{N}_$]`;
  return new RegExp(
    [
      String.raw`[eE](?:${escaping})`,
      String.raw`(?:[uU]&|[bnqrxBNQRX]{1,2})?(?:${quoted})`,
      String.raw`\$(?<tag>[\p{L}_][\p{L}\p{N}_]*)?\$.*?\$\k<tag>\$`,
      '`[^`]*`',
      String.raw`--[^\n]*`,
      String.raw`/\*.*?\*/`,
      String.raw`(?:@{0,2}|:)${word}+(?:@${word}+)*`,
      operators,
      String.raw`\S`,
    ].join('|'),
    'gsu',
  );
}

function sameParts(one: string, other: string, parts: RegExp): boolean {
  const ones = one.matchAll(parts);
  const others = other.matchAll(parts);
  for (;;) {
    const { value: a } = ones.next();
    const { value: b } = others.next();
    if (a === undefined || b === undefined) return a === b;
    if (!samePart(a[0], b[0])) return false;
  }
}

const samePart = (one: string, other: string): boolean =>
  one === other || (isComment(one) && withoutSpace(one) === withoutSpace(other));

const isComment = (text: string): boolean => /^(?:--|\/\*)/.test(text);
const withoutSpace = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
