import { hasChildren } from '../../../src/core/waterfall/fold.ts';
import { treeCommand, type TreeCommand } from '../../../src/core/waterfall/keys.ts';
import { firstChildOf, moveSelection, parentOf } from '../../../src/core/waterfall/navigate.ts';
import { panned, rangeAround, wholeRange, zoomed } from '../../../src/core/waterfall/timeRange.ts';
import { focusedOn, grouped, rowChanges } from '../../../src/core/waterfall/viewChanges.ts';
import { goToError } from '../filter/errors.ts';
import type { WaterfallModel } from '../model.ts';

/** What a key may start outside the model. */
export interface TreeActions {
  readonly pageLines: () => number;
  readonly openCode: () => void;
  readonly focusFilter: () => void;
  readonly focusDetails: () => void;
  readonly hideTooltip: () => void;
}

/** Acts on a key of the tree; one that isn't the tree's is left alone and reaches the editor. */
export function onTreeKey(event: KeyboardEvent, model: WaterfallModel, actions: TreeActions): void {
  const command = treeCommand(event);
  if (!command || !model.trace) return;
  event.preventDefault();
  event.stopPropagation();
  run(command, model, actions);
}

function run(command: TreeCommand, model: WaterfallModel, actions: TreeActions): void {
  actions.hideTooltip();
  switch (command.kind) {
    case 'move':
      moveTo(model, command.key, actions.pageLines());
      return;
    case 'left':
    case 'right':
      step(model, command.kind);
      return;
    case 'openCode':
      actions.openCode();
      return;
    case 'details':
      model.setDetailsOpen(true);
      actions.focusDetails();
      return;
    case 'filter':
      actions.focusFilter();
      return;
    case 'escape':
      if (model.notification !== '') model.notify('');
      else if (model.matches) model.setFilter('');
      return;
    case 'match':
      model.goToMatch(command.direction);
      return;
    case 'error':
      goToError(model, command.direction);
      return;
    case 'onlyMatches':
      model.setOnlyMatches(!model.onlyMatches);
      return;
    case 'change':
      model.changeRows(rowChanges[command.change]);
      return;
    case 'focus':
      toggleFocus(model);
      return;
    case 'undo':
      model.undo();
      return;
    case 'redo':
      model.redo();
      return;
    case 'keySheet':
      model.setKeySheet(true);
      return;
    case 'group':
      model.changeRows(grouped(!model.viewState.isGrouped));
      return;
    default:
      zoom(command.kind, model);
  }
}

function moveTo(
  model: WaterfallModel,
  key: Extract<TreeCommand, { kind: 'move' }>['key'],
  pageLines: number,
): void {
  model.selectLine(moveSelection(model.lines, model.selection, key, pageLines));
}

/** Left closes what is open, else goes to what it is below; Right opens what is closed, else goes to its first line. */
function step(model: WaterfallModel, direction: 'left' | 'right'): void {
  const { shape, selection, lines } = model;
  if (!shape || lines.count === 0) return;
  if (!selection) {
    moveTo(model, 'home', 1);
    return;
  }
  const isParent = selection.group >= 0 || hasChildren(shape, selection.row);
  const isFolded = isParent && model.isFolded(selection);
  if (direction === 'left' && isParent && !isFolded) model.setFold(selection, true);
  else if (direction === 'right' && isFolded) model.setFold(selection, false);
  else
    model.selectLine(
      direction === 'left' ? parentOf(lines, selection) : firstChildOf(lines, selection),
    );
}

/** Shows the selected span with what is below it alone; the whole trace again where that is shown. */
export function toggleFocus(model: WaterfallModel): void {
  const { selected, viewState } = model;
  if (viewState.focus !== undefined) model.changeRows(focusedOn(undefined));
  else if (selected !== undefined) model.changeRows(focusedOn(selected));
}

type ZoomKind = 'zoomIn' | 'zoomOut' | 'zoomReset' | 'zoomToSpan' | 'panLeft' | 'panRight';

/** What keys do to the time on screen. */
export function zoom(kind: ZoomKind, model: WaterfallModel): void {
  const { shape, selected, range } = model;
  if (!shape) return;
  const { duration } = shape;
  switch (kind) {
    case 'zoomIn':
      model.setRange(zoomed(range, 0.5, 0.5, duration), 'range');
      return;
    case 'zoomOut':
      model.setRange(zoomed(range, 2, 0.5, duration), 'range');
      return;
    case 'zoomReset':
      model.setRange(wholeRange(duration));
      return;
    case 'panLeft':
    case 'panRight':
      model.setRange(panned(range, kind === 'panLeft' ? -0.1 : 0.1, duration), 'range');
      return;
    case 'zoomToSpan':
      if (selected === undefined) return;
      model.setRange(
        rangeAround(
          shape.columns.start[selected] ?? 0,
          shape.columns.duration[selected] ?? 0,
          duration,
        ),
      );
  }
}
