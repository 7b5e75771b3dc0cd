import { useState } from 'preact/hooks';
import type { ViewSettings } from '../../../src/core/waterfall/viewSettings.ts';
import type { WaterfallModel } from '../model.ts';

/** A change gets the state as it is then: one click may change two parts of it. */
type SetKept<T> = (change: (latest: T) => T) => void;

/** A hook for state of a view that is there again when the reader comes back to it from another one. */
export function keptState<T>(
  initial: (model: WaterfallModel) => T,
  onChange?: (model: WaterfallModel, state: T) => void,
) {
  const states = new WeakMap<WaterfallModel, { readonly value: T }>();
  return (model: WaterfallModel): readonly [T, SetKept<T>] => {
    const [, redraw] = useState(0);
    const latest = () => {
      const known = states.get(model) ?? { value: initial(model) };
      states.set(model, known);
      return known.value;
    };
    const set: SetKept<T> = (change) => {
      const value = change(latest());
      states.set(model, { value });
      onChange?.(model, value);
      redraw((count) => count + 1);
    };
    return [latest(), set];
  };
}

/** What of a view's state is kept with the page, which is gone while its tab is hidden. */
interface KeptSettings<T> {
  readonly write: (state: T) => ViewSettings;
  /** What isn't there, or not as it should be, is undefined. */
  readonly read: (settings: ViewSettings) => { readonly [Key in keyof T]?: T[Key] | undefined };
}

/** As `keptState`, for settings that are there again after the page was hidden too, and are changed in part. */
export function keptSettings<T extends object>(initial: T, { write, read }: KeptSettings<T>) {
  const useKept = keptState<T>(
    ({ viewSettings }) => withKnown(initial, read(viewSettings)),
    (model, state) => model.keepSettings(write(state)),
  );
  return (model: WaterfallModel): readonly [T, (part: Partial<T>) => void] => {
    const [settings, set] = useKept(model);
    return [settings, (part) => set((latest) => ({ ...latest, ...part }))];
  };
}

/** A state with those parts of another that are known. */
export function withKnown<T extends object>(
  state: T,
  parts: { readonly [Key in keyof T]?: T[Key] | undefined },
): T {
  const known = Object.entries(parts).filter(([, part]) => part !== undefined);
  return { ...state, ...(Object.fromEntries(known) as Partial<T>) };
}
