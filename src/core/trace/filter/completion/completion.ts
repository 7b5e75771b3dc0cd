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
const withValue = /^("(?:[^"]|"")+"|[a-z_*][\w.\-/*]*)\s*(:=|:?[<>]=?|!=|:|=)\s*(.*)$/isu;

/** What the word at the caret may become. Pure and bounded: see `termOptions`, `valueOptions`. */
export function completionAt(query: string, caret: number, words: FilterWords): Completion {
  const token = filterTokens(query).find(
    ({ kind, start, end }) => start < caret && caret <= end && kind !== 'open' && kind !== 'close',
  );
  const from = token?.start ?? caret;
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
    to: token?.end ?? caret,
    options: options.filter((option) => option.text !== typed),
    nothing: options.length === 0 ? nothing : '',
  };
}
