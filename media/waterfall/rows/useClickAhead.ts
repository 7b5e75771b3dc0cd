import { useEffect, useRef } from 'preact/hooks';

/** A pointer that rests on a line for so long may be about to click it. */
const restMs = 60;

/** Listeners of the element that has the lines. */
export interface ClickAhead {
  readonly onMouseMove: (event: MouseEvent) => void;
  readonly onMouseLeave: () => void;
  readonly onMouseDown: (event: MouseEvent) => void;
}

/** Tells what a click may follow: the mouse was pressed, or rests. What is below it is read from the event's target. */
export function useClickAhead(tell: (event: MouseEvent) => void): ClickAhead {
  const timer = useRef(0);
  const stop = () => window.clearTimeout(timer.current);
  useEffect(() => stop, []);
  return {
    onMouseMove: (event) => {
      stop();
      if (event.buttons === 0) timer.current = window.setTimeout(() => tell(event), restMs);
    },
    onMouseLeave: stop,
    onMouseDown: (event) => {
      stop();
      if (event.button === 0) tell(event);
    },
  };
}
