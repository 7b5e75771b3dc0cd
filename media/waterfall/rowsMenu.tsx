import { formatCount, formatDuration } from '../../src/core/base/format.ts';
import { message } from '../../src/core/base/message.ts';
import { fromMilliseconds, microseconds, type Microseconds } from '../../src/core/base/units.ts';
import { grouped, rowChanges, withoutShort } from '../../src/core/waterfall/viewChanges.ts';
import { IconButton } from './button.tsx';
import { Menu, type MenuItem } from './menu.tsx';
import type { WaterfallModel } from './model.ts';
import { toggleFocus } from './rows/treeKeys.ts';

/** Which rows there are: how many of all, ways to show fewer or more, and back. */
export function RowsMenu({ model }: { readonly model: WaterfallModel }) {
  return (
    <div class="toolbar-group">
      <RowCount model={model} />
      <Menu icon="expandLevel" label={message('Rows')} items={rowItems(model)} />
      <IconButton
        icon="undo"
        label={message('Undo (u)')}
        disabled={!model.canUndo}
        onClick={() => model.undo()}
      />
      <IconButton
        icon="redo"
        label={message('Redo (U)')}
        disabled={!model.canRedo}
        onClick={() => model.redo()}
      />
    </div>
  );
}

/** `38 of 1,123 rows`, and the way to all of them; nothing where all are there. */
function RowCount({ model }: { readonly model: WaterfallModel }) {
  const { trace, lines } = model;
  if (!trace) return null;
  const { size } = trace.opened.shape;
  const spans = lines.count - lines.heads;
  if (spans === size) return null;
  const counts = [formatCount(spans), formatCount(size)] as const;
  const inView = message('{0} of {1} spans in view', ...counts);
  return (
    <span class="row-total">
      <span class="in-view">{inView}</span>
      <span class="in-view-short" title={inView}>
        {message('{0} of {1} spans', ...counts)}
      </span>
      <button
        type="button"
        class="link"
        title={message('Show all spans (a)')}
        onClick={() => model.changeRows(rowChanges.everything)}
      >
        {message('Show all')}
      </button>
    </span>
  );
}

function rowItems(model: WaterfallModel): readonly MenuItem[] {
  const change = (name: keyof typeof rowChanges) => () => model.changeRows(rowChanges[name]);
  return [
    { label: message('As opened'), keys: 'r', onChoose: change('asOpened') },
    { label: message('All spans'), keys: 'a', onChoose: change('everything') },
    {
      label: message('Expand one level'),
      keys: 'e',
      onChoose: change('expandedLevel'),
      beginsGroup: true,
    },
    { label: message('Expand all'), keys: '*', onChoose: change('expandedAll') },
    { label: message('Collapse all'), keys: 'c', onChoose: change('collapsedAll') },
    { label: message('Expand to errors'), keys: 'E', onChoose: change('toErrors') },
    { label: message('Expand to slow spans'), keys: 'S', onChoose: change('toSlow') },
    {
      label: message('Group repeated spans'),
      keys: 'g',
      checked: model.viewState.isGrouped,
      onChoose: () => model.changeRows(grouped(!model.viewState.isGrouped)),
      beginsGroup: true,
    },
    {
      label: message('Only the selected span and below'),
      keys: 'f',
      checked: model.viewState.focus !== undefined,
      disabled: model.viewState.focus === undefined && model.selected === undefined,
      onChoose: () => toggleFocus(model),
    },
    ...thresholdItems(model),
  ];
}

const thresholds = [0.1, 1, 10, 100, 1_000].map(fromMilliseconds);

function thresholdItems(model: WaterfallModel): readonly MenuItem[] {
  const duration = model.shape?.duration ?? 0;
  const { shortest } = model.viewState;
  const item = (value: Microseconds, index: number): MenuItem => ({
    label: message('Hide spans under {0}', formatDuration(value)),
    checked: shortest === value,
    beginsGroup: index === 0,
    onChoose: () => model.changeRows(withoutShort(shortest === value ? microseconds(0) : value)),
  });
  return thresholds.filter((value) => value < duration).map(item);
}
