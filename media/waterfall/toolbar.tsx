import { useEffect, useRef } from 'preact/hooks';
import { formatCount } from '../../src/core/base/format.ts';
import { message } from '../../src/core/base/message.ts';
import { matchOrdinal } from '../../src/core/waterfall/matches.ts';
import { isWhole, wholeRange } from '../../src/core/waterfall/timeRange.ts';
import { IconButton } from './button.tsx';
import { Icon } from './icons.tsx';
import type { WaterfallModel } from './model.ts';

export interface ToolbarProps {
  readonly model: WaterfallModel;
  readonly focusTree: () => void;
}

export function Toolbar({ model, focusTree }: ToolbarProps) {
  const duration = model.shape?.duration ?? 0;
  return (
    <div class="toolbar" role="toolbar" aria-label={message('Waterfall')}>
      <Filter model={model} focusTree={focusTree} />
      <div class="toolbar-group">
        <IconButton
          icon="expandLevel"
          label={message('Unfold one level (e)')}
          onClick={() => model.expandLevel()}
        />
        <IconButton
          icon="expandAll"
          label={message('Unfold all (*)')}
          onClick={() => model.expandAll()}
        />
        <IconButton
          icon="collapseAll"
          label={message('Fold all (c)')}
          onClick={() => model.collapseAll()}
        />
      </div>
      <div class="toolbar-group">
        <IconButton
          icon="criticalPath"
          label={message('Dim what is not on the critical path')}
          pressed={model.onlyCritical}
          onClick={() => model.setOnlyCritical(!model.onlyCritical)}
        />
        <IconButton
          icon="zoomReset"
          label={message('Show the whole trace (0)')}
          disabled={isWhole(model.range, duration)}
          onClick={() => model.setRange(wholeRange(duration))}
        />
        <IconButton
          icon="details"
          label={message('Details')}
          pressed={model.detailsOpen}
          onClick={() => model.setDetailsOpen(!model.detailsOpen)}
        />
      </div>
    </div>
  );
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

function Filter({ model, focusTree }: ToolbarProps) {
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
  const none = model.matches !== undefined && model.matchCount === 0;
  return (
    <div class="toolbar-group filter-group">
      <div class={none ? 'filter none' : 'filter'}>
        <Icon name="search" />
        <input
          id={filterFieldId}
          ref={field}
          type="text"
          spellcheck={false}
          autocomplete="off"
          placeholder={message('Filter: text, service:name, error, >100ms')}
          aria-label={message('Filter spans')}
          aria-keyshortcuts="/"
          onInput={(event: InputEvent) => {
            if (event.currentTarget instanceof HTMLInputElement)
              model.setFilter(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
        />
        {model.matches && <span class="filter-count">{matchCount(model)}</span>}
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
        label={message('Show only matches and their parents')}
        pressed={model.onlyMatches}
        onClick={() => model.setOnlyMatches(!model.onlyMatches)}
      />
    </div>
  );
}

function matchCount(model: WaterfallModel): string {
  const { matches, selected, matchCount: count } = model;
  if (!matches || count === 0) return message('none');
  if (selected === undefined || matches[selected] !== 1) return formatCount(count);
  const ordinal = matchOrdinal(matches, selected);
  return message('{0} of {1}', formatCount(ordinal), formatCount(count));
}
