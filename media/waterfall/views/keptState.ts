import { useState } from 'preact/hooks';
import type { WaterfallModel } from '../model.ts';

/** A hook for state of a view that is there again when the reader comes back to it from another one. */
export function keptState<T>(initial: T) {
  const states = new WeakMap<WaterfallModel, { readonly value: T }>();
  return (model: WaterfallModel): readonly [T, (next: T) => void] => {
    const [, redraw] = useState(0);
    const set = (value: T) => {
      states.set(model, { value });
      redraw((count) => count + 1);
    };
    return [states.get(model)?.value ?? initial, set];
  };
}
