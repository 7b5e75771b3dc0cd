import type { Host } from './host.ts';

/** Tells the extension when a key or the mouse is used in the page; a key that is held, once. */
export function tellUse(host: Host): void {
  const used = () => host.emit('used', {});
  window.addEventListener('pointerdown', used, { capture: true });
  window.addEventListener(
    'keydown',
    ({ repeat }) => {
      if (!repeat) used();
    },
    { capture: true },
  );
}
