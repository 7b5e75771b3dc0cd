import { useEffect, useRef, useState } from 'preact/hooks';
import { message } from '../../../src/core/base/message.ts';
import { withOption } from '../../../src/core/trace/filter/completion/completion.ts';
import type { CompletionOption } from '../../../src/core/trace/filter/completion/completionOption.ts';
import type { Host } from '../host.ts';
import { Icon } from '../icons.tsx';
import type { WaterfallModel } from '../model.ts';
import { FilterMessage, filterMessageId } from './filterMessage.tsx';
import { filterCommand } from './filterKeys.ts';
import { MatchButtons, MatchCount } from './matches.tsx';
import { suggestionId, Suggestions, suggestionsId } from './suggestions.tsx';
import { useCompletion } from './useCompletion.ts';
import { useFilterWords } from './useFilterWords.ts';

interface FilterProps {
  readonly model: WaterfallModel;
  readonly host: Host;
  readonly focusTree: () => void;
}

/** How the tree's `/` and the host find the field. */
const filterFieldId = 'filter';

/** Puts the cursor into the filter field, its text selected. */
export function focusFilter(): void {
  const field = document.getElementById(filterFieldId);
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  field.select();
}

/** The field, what can be typed and what it found, and the ways through the matches. */
export function Filter({ model, host, focusTree }: FilterProps) {
  const field = useRef<HTMLInputElement>(null);
  const [wasFocused, setWasFocused] = useState(false);
  const list = useCompletion(model.filter, useFilterWords(host, model.trace, wasFocused));
  useEffect(() => {
    if (field.current && field.current.value !== model.filter) field.current.value = model.filter;
  });
  const isOpen = list.options.length > 0;
  const accept = (option: CompletionOption) => {
    const input = field.current;
    if (!input) return;
    const { query, caret } = withOption(input.value, list, option);
    input.value = query;
    input.setSelectionRange(caret, caret);
    model.setFilter(query, 'filter');
    list.showAt(option.isOpen ? caret : undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const command = filterCommand(event, {
      isOpen,
      hasActive: list.active >= 0,
      canTab: list.tabbed !== undefined,
    });
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    switch (command) {
      case 'suggest':
        list.showAt(field.current?.selectionStart ?? undefined);
        return;
      case 'nextOption':
      case 'previousOption':
        list.move(command === 'nextOption' ? 1 : -1);
        return;
      case 'accept':
        if (list.tabbed) accept(list.tabbed);
        return;
      case 'close':
        list.showAt(undefined);
        return;
      case 'nextMatch':
      case 'previousMatch':
        list.showAt(undefined);
        model.goToMatch(command === 'nextMatch' ? 1 : -1);
        return;
      case 'clear':
        model.setFilter('');
        focusTree();
        return;
      case 'leave':
        focusTree();
    }
  };
  const isWrong = model.filterNotes.length > 0 && !isOpen;
  return (
    <div class="toolbar-group filter-group">
      <div class={isWrong ? 'filter wrong' : 'filter'}>
        <Icon name="search" />
        <input
          id={filterFieldId}
          ref={field}
          type="text"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={isOpen ? suggestionsId : undefined}
          aria-activedescendant={list.active < 0 ? undefined : suggestionId(list.active)}
          spellcheck={false}
          autocomplete="off"
          maxLength={500}
          placeholder={message('Filter: text, >100 ms, key=value')}
          aria-label={message('Filter spans')}
          aria-keyshortcuts="/"
          aria-describedby={filterMessageId}
          aria-invalid={isWrong}
          onInput={({ currentTarget }: InputEvent) => {
            if (!(currentTarget instanceof HTMLInputElement)) return;
            model.setFilter(currentTarget.value, 'filter');
            const caret = currentTarget.selectionStart ?? 0;
            list.showAt(/(?:^|\s)$/u.test(currentTarget.value.slice(0, caret)) ? undefined : caret);
          }}
          onFocus={() => setWasFocused(true)}
          onBlur={() => list.showAt(undefined)}
          onClick={() => list.showAt(undefined)}
          onKeyDown={onKeyDown}
        />
        <MatchCount model={model} />
        {isOpen ? (
          <Suggestions list={list} accept={accept} />
        ) : (
          <FilterMessage model={model} nothing={list.nothing} />
        )}
      </div>
      <MatchButtons model={model} />
    </div>
  );
}
