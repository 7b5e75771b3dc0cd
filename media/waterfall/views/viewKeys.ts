import { treeCommand } from '../../../src/core/waterfall/keys.ts';
import { goToError } from '../filter/errors.ts';
import { focusFilter } from '../filter/filterField.tsx';
import type { WaterfallModel } from '../model.ts';
import { zoom } from '../rows/treeKeys.ts';

/** Acts on the keys that mean the same in every view: filter, matches, errors, undo, time, shortcuts; another is left alone. */
export function onViewKey(event: KeyboardEvent, model: WaterfallModel): void {
  const run = viewAction(event, model);
  if (!run) return;
  event.preventDefault();
  event.stopPropagation();
  run();
}

function viewAction(event: KeyboardEvent, model: WaterfallModel): (() => void) | undefined {
  const command = treeCommand(event);
  // A comparison shows neither filter nor time nor selection: no key changes them unseen.
  if (model.view === 'compare' && command?.kind !== 'keySheet')
    return command?.kind === 'escape' ? () => model.notify('') : undefined;
  switch (command?.kind) {
    case 'filter':
      return focusFilter;
    case 'escape':
      return () => {
        if (model.notification !== '') model.notify('');
        else if (model.matches) model.setFilter('');
      };
    case 'match':
      return () => model.goToMatch(command.direction);
    case 'error':
      return () => goToError(model, command.direction);
    case 'onlyMatches':
      return () => model.setOnlyMatches(!model.onlyMatches);
    case 'keySheet':
      return () => model.setKeySheet(true);
    case 'undo':
      return () => model.undo();
    case 'redo':
      return () => model.redo();
    case 'zoomIn':
    case 'zoomOut':
    case 'zoomReset':
    case 'zoomToSpan':
    case 'panLeft':
    case 'panRight': {
      const { kind } = command;
      return () => zoom(kind, model);
    }
    default:
      return undefined;
  }
}
