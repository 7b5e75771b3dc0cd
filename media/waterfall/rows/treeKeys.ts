import { hasChildren } from '../../../src/core/waterfall/fold.ts';
import { treeCommand, type TreeCommand } from '../../../src/core/waterfall/keys.ts';
import { moveSelection, stepLeft, stepRight } from '../../../src/core/waterfall/navigate.ts';
import { panned, rangeAround, wholeRange, zoomed } from '../../../src/core/waterfall/timeRange.ts';
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
    case 'collapseAll':
      model.collapseAll();
      return;
    case 'expandAll':
      model.expandAll();
      return;
    case 'expandLevel':
      model.expandLevel();
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
  if (model.shape)
    model.select(moveSelection(model.shape, model.rows, model.selected, key, pageLines));
}

function step(model: WaterfallModel, direction: 'left' | 'right'): void {
  const { shape, selected, folds, rows } = model;
  if (!shape) return;
  if (selected === undefined) {
    moveTo(model, 'home', 1);
    return;
  }
  if (direction === 'right' && !hasChildren(shape, selected)) return;
  const next =
    direction === 'left'
      ? stepLeft(shape, folds, selected)
      : stepRight(shape, folds, rows, selected);
  model.setFolds(next.folds);
  model.select(next.selected);
}

function zoom(
  kind: 'zoomIn' | 'zoomOut' | 'zoomReset' | 'zoomToSpan' | 'panLeft' | 'panRight',
  model: WaterfallModel,
): void {
  const { shape, selected, range } = model;
  if (!shape) return;
  const { duration } = shape;
  switch (kind) {
    case 'zoomIn':
      model.setRange(zoomed(range, 0.5, 0.5, duration));
      return;
    case 'zoomOut':
      model.setRange(zoomed(range, 2, 0.5, duration));
      return;
    case 'zoomReset':
      model.setRange(wholeRange(duration));
      return;
    case 'panLeft':
    case 'panRight':
      model.setRange(panned(range, kind === 'panLeft' ? -0.1 : 0.1, duration));
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
