import type { NavigationKey } from './navigate.ts';
import type { RowChange } from './viewChanges.ts';

/** What a key asks of the tree. */
export type TreeCommand =
  | { readonly kind: 'move'; readonly key: NavigationKey }
  | { readonly kind: 'left' | 'right' | 'openCode' | 'details' | 'filter' | 'escape' }
  | { readonly kind: 'match' | 'error'; readonly direction: 1 | -1 }
  | { readonly kind: 'onlyMatches' }
  | { readonly kind: 'change'; readonly change: RowChange }
  | { readonly kind: 'focus' | 'group' | 'undo' | 'redo' | 'keySheet' }
  | { readonly kind: 'zoomIn' | 'zoomOut' | 'zoomReset' | 'zoomToSpan' | 'panLeft' | 'panRight' };

/** The few parts of a keyboard event that decide. */
export interface KeyPress {
  readonly key: string;
  /** Where the key is: `KeyN`, whatever is written on it. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const commands = new Map<string, TreeCommand>([
  ['ArrowUp', { kind: 'move', key: 'up' }],
  ['ArrowDown', { kind: 'move', key: 'down' }],
  ['PageUp', { kind: 'move', key: 'pageUp' }],
  ['PageDown', { kind: 'move', key: 'pageDown' }],
  ['Home', { kind: 'move', key: 'home' }],
  ['End', { kind: 'move', key: 'end' }],
  ['ArrowLeft', { kind: 'left' }],
  ['ArrowRight', { kind: 'right' }],
  ['Enter', { kind: 'openCode' }],
  [' ', { kind: 'details' }],
  ['/', { kind: 'filter' }],
  ['Escape', { kind: 'escape' }],
  ['n', { kind: 'match', direction: 1 }],
  ['N', { kind: 'match', direction: -1 }],
  ['*', { kind: 'change', change: 'expandedAll' }],
  ['-', { kind: 'zoomOut' }],
  ['+', { kind: 'zoomIn' }],
  ['=', { kind: 'zoomIn' }],
  ['0', { kind: 'zoomReset' }],
  ['z', { kind: 'zoomToSpan' }],
  ['c', { kind: 'change', change: 'collapsedAll' }],
  ['e', { kind: 'change', change: 'expandedLevel' }],
  ['a', { kind: 'change', change: 'everything' }],
  ['r', { kind: 'change', change: 'asOpened' }],
  ['E', { kind: 'change', change: 'toErrors' }],
  ['S', { kind: 'change', change: 'toSlow' }],
  ['f', { kind: 'focus' }],
  ['g', { kind: 'group' }],
  ['u', { kind: 'undo' }],
  ['U', { kind: 'redo' }],
  ['?', { kind: 'keySheet' }],
  ['x', { kind: 'error', direction: 1 }],
  ['X', { kind: 'error', direction: -1 }],
  ['m', { kind: 'onlyMatches' }],
]);
const shifted = new Map<string, TreeCommand>([
  ['ArrowLeft', { kind: 'panLeft' }],
  ['ArrowRight', { kind: 'panRight' }],
]);

/**
 * The tree's command for a key, or undefined: then the key is not touched and reaches the editor. No
 * function key and nothing with Ctrl, Cmd or Alt but undoing is ever the tree's.
 */
export function treeCommand(press: KeyPress): TreeCommand | undefined {
  if (isUndo(press)) return { kind: press.shiftKey ? 'redo' : 'undo' };
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined;
  const key = latinKey(press);
  return (press.shiftKey ? shifted.get(key) : undefined) ?? commands.get(key);
}

/** In the editor too it undoes what has the focus. */
const isUndo = (press: KeyPress): boolean =>
  press.ctrlKey !== press.metaKey && !press.altKey && latinKey(press).toLowerCase() === 'z';

/** A letter of another alphabet stands for the one in its place: with Korean keys, `n` is typed as `ㅜ`. */
export function latinKey({ key, code, shiftKey }: KeyPress): string {
  const letter = key > '\u007f' ? /^Key([A-Z])$/.exec(code)?.[1] : undefined;
  if (letter === undefined) return key;
  return shiftKey ? letter : letter.toLowerCase();
}
