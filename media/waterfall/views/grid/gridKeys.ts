import type { KeyPress } from '../../../../src/core/waterfall/keys.ts';
import type { NavigationKey } from '../../../../src/core/waterfall/navigate.ts';

type GridKey = NavigationKey | 'left' | 'right' | 'enter';

const keys: Readonly<Record<string, GridKey>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
  Home: 'home',
  End: 'end',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Enter: 'enter',
};

/** What a key asks of a grid; undefined: it isn't the grid's. */
export const gridKey = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress) =>
  ctrlKey || metaKey || altKey || shiftKey || !Object.hasOwn(keys, key) ? undefined : keys[key];

/** Where a key moves from a line, -1 for none; stays at the ends. */
export function movedTo(from: number, key: NavigationKey, count: number, page: number): number {
  const target = {
    up: from < 0 ? count - 1 : from - 1,
    down: from + 1,
    pageUp: from - page,
    pageDown: from + page,
    home: 0,
    end: count - 1,
  }[key];
  return Math.min(count - 1, Math.max(0, target));
}
