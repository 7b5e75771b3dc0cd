import { useEffect, useRef } from 'preact/hooks';
import { formatCount } from '../../../src/core/base/format.ts';
import { message } from '../../../src/core/base/message.ts';
import { matchOrdinal } from '../../../src/core/waterfall/matches.ts';
import { IconButton } from '../button.tsx';
import { Icon } from '../icons.tsx';
import type { WaterfallModel } from '../model.ts';
import { FilterMessage, filterMessageId } from './filterMessage.tsx';

interface FilterProps {
  readonly model: WaterfallModel;
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

/** The field, what it found, and the ways through the matches. */
export function Filter({ model, focusTree }: FilterProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (field.current && field.current.value !== model.filter) field.current.value = model.filter;
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === 'Enter') model.goToMatch(event.shiftKey ? -1 : 1);
    else if (event.key === 'ArrowDown') focusTree();
    else if (event.key === 'Escape') {
      model.setFilter('');
      focusTree();
    } else return;
    event.preventDefault();
  };
  const isWrong = model.filterNotes.length > 0;
  return (
    <div class="toolbar-group filter-group">
      <div class={isWrong ? 'filter wrong' : 'filter'}>
        <Icon name="search" />
        <input
          id={filterFieldId}
          ref={field}
          type="text"
          spellcheck={false}
          autocomplete="off"
          maxLength={500}
          placeholder={message('Filter: text, >100 ms, key=value')}
          aria-label={message('Filter spans')}
          aria-keyshortcuts="/"
          aria-describedby={filterMessageId}
          aria-invalid={isWrong}
          onInput={(event: InputEvent) => {
            if (event.currentTarget instanceof HTMLInputElement)
              model.setFilter(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
        />
        <span class="filter-count">{matchCount(model)}</span>
        <FilterMessage model={model} />
      </div>
      <IconButton
        icon="up"
        label={message('Previous match (N)')}
        disabled={model.matchCount === 0}
        onClick={() => model.goToMatch(-1)}
      />
      <IconButton
        icon="down"
        label={message('Next match (n)')}
        disabled={model.matchCount === 0}
        onClick={() => model.goToMatch(1)}
      />
      <IconButton
        icon="onlyMatches"
        label={message('Show only matching spans and their parents')}
        pressed={model.onlyMatches}
        onClick={() => model.setOnlyMatches(!model.onlyMatches)}
      />
    </div>
  );
}

function matchCount(model: WaterfallModel): string {
  const { matches, selected, matchCount: count } = model;
  if (model.unanswered.length > 0) return message('Searching…');
  if (!matches) return '';
  if (count === 0) return message('No matches');
  if (selected === undefined || matches[selected] !== 1) return formatCount(count);
  const ordinal = matchOrdinal(matches, selected);
  return message('{0} of {1}', formatCount(ordinal), formatCount(count));
}
