import { useState } from 'preact/hooks';
import {
  completionAt,
  type Completion,
} from '../../../src/core/trace/filter/completion/completion.ts';
import type { CompletionOption } from '../../../src/core/trace/filter/completion/completionOption.ts';
import type { FilterWords } from '../../../src/core/trace/filter/completion/filterWords.ts';

/** The list below the field. */
export interface CompletionList extends Completion {
  /** Position of the option that arrow keys went to, -1 where they weren't used. */
  readonly active: number;
  /** Opens the list for what is at the caret; undefined closes it. */
  readonly showAt: (caret: number | undefined) => void;
  /** Goes to another option, around both ends by way of none. */
  readonly move: (direction: 1 | -1) => void;
  /** What Tab takes: the option that arrow keys went to, else the first where it goes on with what is typed. */
  readonly tabbed: CompletionOption | undefined;
}

/** What the field's text may become at the caret, while that is wanted. */
export function useCompletion(query: string, words: FilterWords | undefined): CompletionList {
  const [at, setAt] = useState<{ readonly caret: number; readonly active: number }>();
  const found =
    at && words
      ? completionAt(query, at.caret, words)
      : { from: 0, to: 0, options: [], nothing: '' };
  const { options, from } = found;
  const active = at && at.active < options.length ? at.active : -1;
  const typed = query.slice(from, at?.caret).toLowerCase();
  const first =
    options[0]?.text.toLowerCase().startsWith(typed) && typed !== '' ? options[0] : undefined;
  return {
    ...found,
    active,
    showAt: (caret) => setAt(caret === undefined ? undefined : { caret, active: -1 }),
    move: (direction) => {
      const places = options.length + 1;
      if (at) setAt({ ...at, active: ((active + 1 + direction + places) % places) - 1 });
    },
    tabbed: options[active] ?? first,
  };
}
