import { treeCommand } from '../../../src/core/waterfall/keys.ts';
import { disposable, type Disposable } from '../../../src/core/base/disposable.ts';

/**
 * Gives the rows the focus that nothing in the page has: when the page gets it, after a click or drag on what takes
 * none (the minimap, a text), and with a key of theirs where the element that had it is gone or disabled.
 */
export function keepKeyboard(
  focusRows: () => void,
  onKey: (event: KeyboardEvent) => void,
): Disposable {
  const isLost = () => document.activeElement === document.body;
  const takeFocus = () => {
    if (isLost()) focusRows();
  };
  const takeKey = (event: KeyboardEvent) => {
    if (event.target !== document.body || !treeCommand(event)) return;
    takeFocus();
    onKey(event);
  };
  window.addEventListener('focus', takeFocus);
  document.addEventListener('pointerup', takeFocus);
  document.addEventListener('keydown', takeKey);
  // Behind the first rows: to give the focus takes the layout of the page as it is.
  const first = requestAnimationFrame(() => {
    if (document.hasFocus()) takeFocus();
  });
  return disposable(() => {
    cancelAnimationFrame(first);
    window.removeEventListener('focus', takeFocus);
    document.removeEventListener('pointerup', takeFocus);
    document.removeEventListener('keydown', takeKey);
  });
}
