import { filterTokens, type FilterToken } from './filterTokens.ts';
import { parseSpanFilter } from './parseSpanFilter.ts';

/**
 * The filter with another condition that must be met too: in front, since what is still being typed has no end. Of
 * alternatives it stands before a group of them, or before each where parentheses around them would be read otherwise.
 */
export function withTerm(filter: string, term: string): string {
  const typed = filter.trimStart(); // the end may be in an open quote
  if (typed === '') return term;
  const tokens = filterTokens(typed);
  if (!tokens.some(({ kind }) => kind === 'or')) return `${term} ${typed}`;
  const isQuoteOpen = typed.split('"').length % 2 === 0;
  const closed = isQuoteOpen ? `${typed}"` : typed;
  const grouped = `${term} (${closed})`;
  return isReadInside(grouped, closed) ? grouped : beforeEach(typed, tokens, term);
}

/** Whether the group at the end of a filter has just the pieces that its text has alone. */
function isReadInside(grouped: string, inside: string): boolean {
  const pieces = filterTokens(inside);
  const all = filterTokens(grouped);
  const from = all.length - pieces.length - 1;
  const isSame = ({ kind, text }: FilterToken, at: number) =>
    all[from + at]?.kind === kind && all[from + at]?.text === text;
  return all[from - 1]?.kind === 'open' && all.at(-1)?.kind === 'close' && pieces.every(isSame);
}

/** The term before each alternative that is understood: before others it would be one of its own. */
function beforeEach(typed: string, tokens: readonly FilterToken[], term: string): string {
  const ors = topmostOrs(tokens);
  const parts = ors.map(({ end }, at) => typed.slice(end, ors[at + 1]?.start));
  const first = typed.slice(0, ors[0]?.start);
  const isRead = (part: string) => parseSpanFilter(part).expression !== undefined;
  if (![first, ...parts].some(isRead)) return `${term} ${typed}`;
  const withIt = (part: string) => (isRead(part) ? `${term} ${part.trimStart()}` : part);
  const rest = parts.map((part, at) => {
    const or = typed.slice(ors[at]?.start, ors[at]?.end);
    return isRead(part) ? `${or} ${withIt(part)}` : `${or}${part}`;
  });
  return [withIt(first), ...rest].join('');
}

/** Those that stand in no group. */
function topmostOrs(tokens: readonly FilterToken[]): readonly FilterToken[] {
  let depth = 0;
  return tokens.filter(({ kind }) => {
    if (kind === 'open') depth++;
    else if (kind === 'close') depth--;
    return kind === 'or' && depth === 0;
  });
}
