import { microseconds } from '../base/units.ts';
import { mainRoot } from '../trace/mainRoot.ts';
import type { TraceShape } from '../trace/trace.ts';
import { foldBases, foldsOf, type FoldBase } from './foldBase.ts';
import type { ViewState } from './viewState.ts';

/** How rows of one kind of trace are looked at, whatever the trace. */
export interface RowHabits {
  readonly isGrouped: boolean;
  readonly foldBase: FoldBase;
  /** µs. */
  readonly shortest: number;
}

/** As a trace of no known kind opens. */
export const usualHabits: RowHabits = { isGrouped: true, foldBase: 'opening', shortest: 0 };

/** Traces are of one kind whose main root has the same service and name. */
export function kindOf({ columns, services, operations }: TraceShape): string {
  const root = mainRoot(columns);
  const names = [services[columns.service[root] ?? -1], operations[columns.operation[root] ?? -1]];
  return names.map((name) => name ?? '').join('\n');
}

export const habitsOf = ({ isGrouped, foldBase, shortest }: ViewState): RowHabits => ({
  isGrouped,
  foldBase,
  shortest,
});

export const isSameHabit = (one: RowHabits, other: RowHabits): boolean =>
  one.isGrouped === other.isGrouped &&
  one.foldBase === other.foldBase &&
  one.shortest === other.shortest;

/** A view by those habits. */
export const withHabits = (view: ViewState, shape: TraceShape, habits: RowHabits): ViewState => ({
  ...view,
  isGrouped: habits.isGrouped,
  foldBase: habits.foldBase,
  folds: foldsOf(shape, { base: habits.foldBase, flipped: [] }),
  shortest: microseconds(habits.shortest),
});

/** Habits as they were kept or sent, checked; the usual ones in place of what isn't one. */
export function readHabits(value: unknown): RowHabits {
  const { isGrouped, foldBase, shortest }: Readonly<Record<string, unknown>> = {
    ...(value as object | undefined),
  };
  return {
    isGrouped: isGrouped !== false,
    foldBase: foldBases.find((base) => base === foldBase) ?? usualHabits.foldBase,
    shortest: typeof shortest === 'number' && shortest > 0 && shortest < Infinity ? shortest : 0,
  };
}
