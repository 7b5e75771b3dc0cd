import { useState } from 'preact/hooks';
import type { WaterfallModel } from '../model.ts';

/**
 * A hook for state of a view that is there again when the reader comes back to it from another one. A change gets the
 * state as it is then: one click may change two parts of it.
 */
export function keptState<T>(initial: T) {
  const states = new WeakMap<WaterfallModel, { readonly value: T }>();
  return (model: WaterfallModel): readonly [T, (change: (latest: T) => T) => void] => {
    const [, redraw] = useState(0);
    const latest = () => states.get(model)?.value ?? initial;
    const set = (change: (latest: T) => T) => {
      states.set(model, { value: change(latest()) });
      redraw((count) => count + 1);
    };
    return [latest(), set];
  };
}
