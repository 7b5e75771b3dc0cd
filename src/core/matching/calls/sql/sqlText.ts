import { withoutComments } from '../../../code/calls/sql/statementName.ts';

/** Longer statements are cut. */
const longestText = 4_000;

const literals =
  /'(?:[^'\\]|\\.|'')*'|\$\d+|(?<![:\w]):[a-z_]\w*|@[a-z_]\w*|(?<![\w.])\d+(?:\.\d+)?\b/gi;
/** `??` of knex is a name that only the running program knows. */
const names = /\?\?/g;

/**
 * A statement in one form, whoever wrote it: lower case, one space between words and none around signs, no comments, quotes or
 * final semicolon, `?` for each value, and once for lists of them. A pattern keeps its `*`.
 */
export function plainStatement(text: string): string {
  return withoutComments(text.slice(0, longestText))
    .replaceAll(names, '*')
    .replaceAll(literals, '?')
    .replaceAll(/["`[\]]/g, '')
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([(),=<>;*]) ?/g, '$1')
    .replaceAll(/\?(?:,\?)+/g, '?')
    .replaceAll(/\*+/g, '*')
    .replace(/[;\s]+$/, '')
    .trim();
}
