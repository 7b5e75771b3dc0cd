/** States that were left, newest last, and those that were undone. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** What changed last: a change of the same thing replaces it. */
  readonly change: string;
}

/** States kept: undoing is for the last steps. */
const longest = 100;

export const startHistory = <T>(present: T): History<T> => ({
  past: [],
  present,
  future: [],
  change: '',
});

/**
 * The history with a new state.
 * @param change names what is changed where its steps count as one (typing, dragging); empty: a step of its own
 */
export function changed<T>(history: History<T>, present: T, change = ''): History<T> {
  const isMore = change !== '' && change === history.change;
  const past = isMore ? history.past : [...history.past, history.present].slice(-longest);
  return { past, present, future: [], change };
}

/** The same steps, each state told anew. */
export const mapped = <T>(history: History<T>, state: (state: T) => T): History<T> => ({
  past: history.past.map(state),
  present: state(history.present),
  future: history.future.map(state),
  change: '',
});

/** One step back; the same history at its start. */
export function undone<T>(history: History<T>): History<T> {
  const { past, present, future } = history;
  const before = past.at(-1);
  if (before === undefined) return history;
  return { past: past.slice(0, -1), present: before, future: [...future, present], change: '' };
}

/** One undone step again; the same history when there is none. */
export function redone<T>(history: History<T>): History<T> {
  const { past, present, future } = history;
  const after = future.at(-1);
  if (after === undefined) return history;
  return { past: [...past, present], present: after, future: future.slice(0, -1), change: '' };
}
