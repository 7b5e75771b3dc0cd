import { message } from '../../base/message.ts';
import { joined, termsOf, type FilterExpression, type FilterTerm } from './filterExpression.ts';
import { filterTokens, type FilterToken } from './filterTokens.ts';
import { parseTerm } from './parseTerm.ts';

/** What a filter asks, and what of it isn't understood (and left out), in sentences. */
export interface SpanFilter {
  /** Undefined: nothing is looked for. */
  readonly expression: FilterExpression | undefined;
  /** The conditions of the expression, as they stand. */
  readonly terms: readonly FilterTerm[];
  readonly problems: readonly string[];
  /** What of it may be meant otherwise than it is read, in sentences. */
  readonly hints: readonly string[];
}

/** A group that is being read: `or` of `and`s. What isn't understood is no part of either. */
interface Group {
  readonly isNegated: boolean;
  readonly typed: string;
  readonly whole: FilterExpression[];
  parts: FilterExpression[];
  /** What stood last; `nothing` at its beginning, `lost` for an `and` or `or` that is said to join nothing. */
  last: 'nothing' | 'condition' | 'and' | 'or' | 'lost';
}

/**
 * Reads a filter as a user types it. `service:`, `name:`, `kind:`, `status:` and `file:` look in that field
 * (`service=shop` for all of it, `service:=shop` letter by letter), `error` is `status:error`, `critical` is the
 * critical path, `mapped:no` what has no line of code, `>100 ms` (`<`, `>=`, `<=`, `!=`; ns, µs, ms, s, min, h, d) compares the
 * duration (`self>10ms` the self time) and `9.01 ms` is one that is shown so, `key=value` (`!=`, `>`, `>=`, `<`, `<=`; `*`
 * for any text, also in the key; `key:=value` letter by letter) is an attribute, whose key may stand in quotes, and
 * everything else is text to be found in what a row shows. Conditions beside each other, or with `and` between them,
 * must all be met; `or` joins less tightly, `(` and `)` group, and a leading `-` turns a condition or group round. Quotes
 * keep spaces together, with `""` for a quote within them.
 */
export function parseSpanFilter(query: string): SpanFilter {
  const problems: string[] = [];
  const open: Group[] = [];
  let group = newGroup(false, query);
  const leave = (inner: Group) => {
    group = open.pop() ?? inner;
    add(group, closed(inner, problems));
  };
  const tokens = filterTokens(query);
  for (const { kind, text } of tokens) {
    if (kind === 'open') {
      open.push(group);
      group = newGroup(text.startsWith('-'), text);
    } else if (kind === 'close') leave(group);
    else if (kind === 'word') add(group, parsed(text, problems));
    else join(group, kind, text, problems);
  }
  while (open.length > 0) leave(group);
  const expression = query.trim() === '' ? undefined : closed(group, problems);
  return {
    expression,
    terms: termsOf(expression),
    problems: [...new Set(problems)],
    hints: tokens.some(isNot)
      ? [message('NOT is a text here. To exclude, type - before a condition: {0}', '-error')]
      : [],
  };
}

/** Whether a piece is a `NOT` that other languages put before a condition. */
function isNot({ kind, text }: FilterToken, at: number, all: readonly FilterToken[]): boolean {
  const next = all[at + 1]?.kind;
  return kind === 'word' && text === 'NOT' && (next === 'word' || next === 'open');
}

const newGroup = (isNegated: boolean, typed: string): Group => ({
  isNegated,
  typed,
  whole: [],
  parts: [],
  last: 'nothing',
});

function parsed(typed: string, problems: string[]): FilterExpression | undefined {
  const isNegated = typed.length > 1 && typed.startsWith('-');
  const result = parseTerm(isNegated ? typed.slice(1) : typed);
  if (typeof result !== 'string')
    return negated({ kind: 'term', term: result.term }, isNegated !== result.isOther);
  problems.push(result);
  return undefined;
}

const negated = (part: FilterExpression, isNegated: boolean): FilterExpression =>
  isNegated ? { kind: 'not', part } : part;

function add(group: Group, part: FilterExpression | undefined): void {
  if (part) group.parts.push(part);
  group.last = 'condition';
}

function join(group: Group, kind: 'and' | 'or', typed: string, problems: string[]): void {
  const isLost = group.last !== 'condition';
  if (isLost) problems.push(unjoined(typed));
  if (kind === 'or') endOfAnd(group);
  group.last = isLost ? 'lost' : kind;
}

function endOfAnd(group: Group): void {
  const part = joined('and', group.parts);
  if (part) group.whole.push(part);
  group.parts = [];
}

/** All of a group; undefined where nothing of it is understood. */
function closed(group: Group, problems: string[]): FilterExpression | undefined {
  if (group.last === 'nothing') problems.push(message('Type a condition after {0}', group.typed));
  else if (group.last === 'and' || group.last === 'or') problems.push(unjoined(group.last));
  endOfAnd(group);
  const whole = joined('or', group.whole);
  return whole && negated(whole, group.isNegated);
}

const unjoined = (typed: string): string => message('Type a condition before and after {0}', typed);
