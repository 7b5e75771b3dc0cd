import type { PageKind } from './pageKinds.ts';

/** What the bench's script in a page has seen, all in ms since the page began. */
interface Probe {
  /** The first rows were painted; undefined: not yet. */
  rowsAt: number | undefined;
  longestTask: number;
  /** From the first press of the mouse or key after `arm` until what `arm` waits for was painted. */
  readonly tookMs: () => number | undefined;
  readonly arm: (wait: 'details' | 'count') => void;
  readonly countFrames: (ms: number) => Promise<readonly number[]>;
}

declare global {
  interface Window {
    probe: Probe;
  }
}

/** Runs in the page, before its own scripts. */
export function installProbe(kind: PageKind): void {
  /** Calls back after the first frame that was painted with it: a message comes behind the frame that sends it. */
  const until = (isThere: () => boolean, then: () => void) => {
    const channel = new MessageChannel();
    const nextFrame = () => requestAnimationFrame(() => channel.port2.postMessage(0));
    channel.port1.onmessage = () => {
      if (isThere()) then();
      else nextFrame();
    };
    nextFrame();
  };
  let took: number | undefined;
  const probe: Probe = {
    rowsAt: undefined,
    longestTask: 0,
    tookMs: () => took,
    arm: (wait) => {
      took = undefined;
      const said = () => textOf(document.querySelector(kind[wait]), wait);
      const before = said();
      const begin = (event: Event) => {
        for (const type of ['mousedown', 'input']) removeEventListener(type, begin, true);
        const isThere = () => {
          const now = said();
          return now !== '' && now !== before;
        };
        until(isThere, () => (took = performance.now() - event.timeStamp));
      };
      addEventListener(wait === 'details' ? 'mousedown' : 'input', begin, true);
    },
    countFrames: (ms) =>
      new Promise((resolve) => {
        const lengths: number[] = [];
        const begun = performance.now();
        let last = begun;
        const frame = () => {
          const now = performance.now();
          lengths.push(now - last);
          last = now;
          if (now - begun < ms) requestAnimationFrame(frame);
          else resolve(lengths);
        };
        requestAnimationFrame(frame);
      }),
  };
  window.probe = probe;

  /** Of details what changes with the span, once it is all there; of a count its digits. */
  function textOf(element: Element | null, wait: 'details' | 'count'): string {
    const text = element?.textContent ?? '';
    return wait === 'count'
      ? (/\d.*/.exec(text)?.[0] ?? '')
      : (/[0-9a-f]{16}/.exec(text)?.[0] ?? '');
  }

  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries())
      probe.longestTask = Math.max(probe.longestTask, duration);
  }).observe({ type: 'longtask', buffered: true });
  until(
    () => (document.querySelector(kind.row)?.textContent ?? '') !== '',
    () => (probe.rowsAt = performance.now()),
  );
}
