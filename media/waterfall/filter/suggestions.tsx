import { useLayoutEffect, useRef } from 'preact/hooks';
import { message } from '../../../src/core/base/message.ts';
import type { CompletionOption } from '../../../src/core/trace/filter/completion/completionOption.ts';
import { oneLine } from '../traceText.ts';
import type { CompletionList } from './useCompletion.ts';

export const suggestionsId = 'filter-suggestions';
export const suggestionId = (index: number): string => `filter-suggestion-${index}`;

interface SuggestionsProps {
  readonly list: CompletionList;
  readonly accept: (option: CompletionOption) => void;
}

/** What can be typed, below the field: the field keeps the focus and says which option is meant. */
export function Suggestions({ list, accept }: SuggestionsProps) {
  const { options, active, tabbed } = list;
  const box = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    box.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <ul
      ref={box}
      class="filter-message filter-suggestions"
      id={suggestionsId}
      role="listbox"
      aria-label={message('Suggestions')}
      onMouseDown={(event) => event.preventDefault()}
    >
      {options.map((option, index) => (
        <li
          key={option.text}
          id={suggestionId(index)}
          role="option"
          aria-selected={index === active}
          onClick={() => accept(option)}
        >
          <code title={oneLine(option.text)}>{oneLine(option.text)}</code>
          <span class="suggestion-detail">{option.detail}</span>
          {option === tabbed && <kbd aria-hidden="true">Tab</kbd>}
        </li>
      ))}
    </ul>
  );
}
