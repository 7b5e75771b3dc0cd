import { bareKey } from '../bareKey.ts';
import { filterTokens } from '../filterTokens.ts';
import type { CompletionOption } from './completionOption.ts';
import type { FilterWords } from './filterWords.ts';
import { termOptions } from './termOptions.ts';
import { valueOptions } from './valueOptions.ts';

/** What can be typed in the place of `from` to `to`. */
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly options: readonly CompletionOption[];
  /** Says that nothing fits what is being typed; empty where that isn't known, or something does. */
  readonly nothing: string;
}

/** A sign behind a field or key, and what stands behind it. */
const withValue = new RegExp(
  String.raw`^("(?:[^"]|"")+"|${bareKey})\s*(:=|:?[<>]=?|!=|:|=)\s*(.*)$`,
  'su',
);

/** The sign behind a field or key, where no value is typed yet. */
const endsInSign = /(?::=|[<>]=?|!=|:|=)\s*$/u;

/** What the word at the caret may become. Pure and bounded: see `termOptions`, `valueOptions`. */
export function completionAt(query: string, caret: number, words: FilterWords): Completion {
  const { from, to } = placeAt(query, caret);
  const typed = query.slice(from, caret);
  const sign = typed.startsWith('-') ? '-' : '';
  const text = typed.slice(sign.length);
  const named = withValue.exec(text);
  const { options, nothing } = named
    ? valueOptions(
        { sign, key: named[1] ?? '', operator: named[2] ?? '', value: named[3] ?? '' },
        words,
      )
    : { options: termOptions({ sign, text }, words), nothing: '' };
  return {
    from,
    to,
    options: options.filter((option) => option.text !== typed),
    nothing: options.length === 0 ? nothing : '',
  };
}

/**
 * The word at the caret. A sign that has no value yet is read with the next word as its value: that one is a condition
 * of its own, and stays.
 */
function placeAt(query: string, caret: number): Pick<Completion, 'from' | 'to'> {
  const token = filterTokens(query).findLast(({ start }) => start < caret);
  if (!token || token.kind === 'open' || token.kind === 'close') return { from: caret, to: caret };
  const { start: from, end } = token;
  const isUnfinished = endsInSign.test(query.slice(from, caret));
  if (end < caret) return { from: isUnfinished ? from : caret, to: caret };
  return { from, to: isUnfinished && /^[\s(]/u.test(query.slice(caret)) ? caret : end };
}

/** A filter, and where the caret is in it. */
interface TypedFilter {
  readonly query: string;
  readonly caret: number;
}

/** The filter with an option in its place, apart from what stands behind it. */
export function withOption(
  query: string,
  { from, to }: Pick<Completion, 'from' | 'to'>,
  { text, isOpen }: CompletionOption,
): TypedFilter {
  const rest = query.slice(to);
  const taken = query.slice(0, from) + text;
  const isApart = isOpen ? /^(?:$|[\s)])/u.test(rest) : rest.startsWith(' ');
  const gap = isApart ? '' : ' ';
  return { query: taken + gap + rest, caret: taken.length + (isOpen ? 0 : gap.length) };
}
