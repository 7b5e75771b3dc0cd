import { bareKey } from './bareKey.ts';
import { fieldNamed, isLengthField } from './filterFields.ts';
import { isNumber } from './number.ts';
import { amount, isTimeUnit, parseTimeLength } from './timeLength.ts';

/** A piece of a filter, and where it stands in the text. */
export interface FilterToken {
  /** `open`: `(`, or `-(` where negated. */
  readonly kind: 'word' | 'and' | 'or' | 'open' | 'close';
  /** Of a word: without the spaces that may stand within one (`duration > 1 s`, `service: shop`, `key = value`). */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Groups within groups at most; deeper ones are text. */
const deepest = 100;

const space = /\s*/uy;
const opening = /-?\((?!\))/uy;
const joiner = /(?:and|or)(?=[\s()]|$)/iuy;
const quoted = /"(?:[^"]|"")*(?:"|$)/uy;

/** The pieces of a filter. A `)` that closes nothing is part of its word, as the whole of `handle()` is. */
export function filterTokens(query: string): readonly FilterToken[] {
  const tokens: FilterToken[] = [];
  let depth = 0;
  let at = 0;
  const add = (kind: FilterToken['kind'], end: number) => {
    tokens.push({ kind, text: query.slice(at, end), start: at, end });
    at = end;
  };
  while ((at = after(space, query, at) ?? at) < query.length) {
    const before = tokens.at(-1);
    const isValue = before?.kind === 'word' && isUnfinished(before.text);
    const opened = isValue || depth >= deepest ? undefined : after(opening, query, at);
    const joins = after(joiner, query, at);
    if (opened !== undefined) {
      depth++;
      add('open', opened);
    } else if (query[at] === ')' && depth > 0) {
      depth--;
      add('close', at + 1);
    } else if (joins !== undefined) add(query[at]?.toLowerCase() === 'a' ? 'and' : 'or', joins);
    else add('word', endOfWord(query, at, depth > 0));
  }
  return [isFieldOf, isOneLength, isValueOf, isCompared].reduce(joinedWords, tokens);
}

/** Where a match that begins there ends; undefined where there is none. */
function after(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function endOfWord(query: string, start: number, isInGroup: boolean): number {
  let open = 0;
  let at = start;
  while (at < query.length) {
    const char = query[at] ?? '';
    if (/\s/u.test(char)) break;
    if (char === '(') open++;
    else if (char === ')') {
      if (open === 0 && isInGroup) break;
      open = Math.max(0, open - 1);
    }
    at = char === '"' ? (after(quoted, query, at) ?? query.length) : at + 1;
  }
  return at;
}

function joinedWords(
  tokens: readonly FilterToken[],
  areOne: (word: string, next: string) => boolean,
): readonly FilterToken[] {
  const result: FilterToken[] = [];
  for (const next of tokens) {
    const last = result.at(-1);
    if (last?.kind === 'word' && next.kind === 'word' && areOne(last.text, next.text))
      result[result.length - 1] = { ...last, text: last.text + next.text, end: next.end };
    else result.push(next);
  }
  return result;
}

const comparison = String.raw`(?:[<>]=?|!=|:?=)`;
const endsWithComparison = new RegExp(`^-?(?:[^"]*|"(?:[^"]|"")+")${comparison}$`, 'u');
const startsWithComparison = new RegExp(`^${comparison}`, 'u');
/** What is a length of time as far as its sign and field say so. */
const lengthOf = /^-?(?:(?:duration|self):?)?(?:[<>]=?|!?=)?([\d.,].*)$/iu;
const endsWithAmount = new RegExp(String.raw`^(?:\d+[a-z]+)*${amount}$`, 'iu');
const fineAmount = new RegExp(String.raw`^${amount}(?:s|m|min|h)?$`, 'iu');
const key = new RegExp(`^-?(?:${bareKey}|"(?:[^"]|"")+")$`, 'u');

/** `100` and `ms`; `2min` and `0`, `2min0` and `s`, as minutes and more are shown. */
function isOneLength(last: string, next: string): boolean {
  const before = lengthOf.exec(last)?.[1] ?? '';
  if (isTimeUnit(next)) return endsWithAmount.test(before);
  const isCoarse = /(?:m|min|h|d)$/iu.test(before) && parseTimeLength(before) !== undefined;
  return isCoarse && fineAmount.test(next);
}

/** `service` and `:`. */
const isFieldOf = (last: string, next: string): boolean =>
  next.startsWith(':') && named(last) !== undefined;

/** `>` and `100ms`, `service:` and `shop`, `duration:` and `>`. */
function isValueOf(last: string, next: string): boolean {
  if (!startsWithComparison.test(next)) return isUnfinished(last);
  const field = named(last.replace(/:$/u, ''));
  return last.endsWith(':') && field !== undefined && isLengthField(field);
}

/** The field of a word, turned round or not. */
const named = (word: string) => fieldNamed(word.replace(/^-/u, ''));

function isUnfinished(word: string): boolean {
  if (word.endsWith(':')) return named(word.slice(0, -1)) !== undefined;
  return endsWithComparison.test(word);
}

/** Words that are conditions, so that a comparison behind them is another. */
const condition = /^-?(?:errors?|critical)$/iu;

/**
 * `key` and `=value`, `duration` and `>1s`, `http.status_code` and `>400`, `retries` and `>3`; but `>100ms` behind a text
 * is the span's.
 */
function isCompared(last: string, next: string): boolean {
  const [sign] = startsWithComparison.exec(next) ?? [];
  if (sign === undefined || !key.test(last)) return false;
  const field = named(last);
  if ((field && isLengthField(field)) || !/^[<>]/u.test(sign)) return true;
  const value = next.slice(sign.length);
  if (/^-?"/u.test(last) || last.includes('.')) return parseTimeLength(value) === undefined;
  return isNumber(value) && !condition.test(last);
}
