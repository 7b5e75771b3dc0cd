import type { TraceShape } from '../trace/trace.ts';
import type { Folds } from './fold.ts';
import { changed, mapped, type History } from './history.ts';
import { rescaled, type TimeRange } from './timeRange.ts';
import type { ViewState } from './viewState.ts';

/**
 * The history with a view that was changed to. One that shows the same is no step to undo: of it only what all folds were
 * set to last is kept, by which spans that arrive are shown.
 * @param kind see `changed`
 */
export function changedView(
  history: History<ViewState>,
  next: ViewState,
  kind: string,
): History<ViewState> {
  const { present } = history;
  if (!showsTheSame(next, present)) return changed(history, next, kind);
  return next.foldBase === present.foldBase
    ? history
    : { ...history, present: { ...present, foldBase: next.foldBase } };
}

/** All that was done to the view since `before` as one step to undo; none where it shows the same. */
export function asOneStep(
  before: History<ViewState>,
  after: History<ViewState>,
): History<ViewState> {
  if (after.present === before.present) return after;
  if (showsTheSame(after.present, before.present)) return { ...before, present: after.present };
  return { ...changed(before, after.present), change: after.change };
}

type Times = Pick<TraceShape, 'start' | 'duration'>;

/** The history once the trace has other times: each part that was shown is the same part. */
export function rescaledViews(
  history: History<ViewState>,
  before: Times,
  now: Times,
): History<ViewState> {
  const range = (of: TimeRange) =>
    rescaled(of, before.duration, now.duration, before.start - now.start);
  return mapped(history, (view) => ({ ...view, range: range(view.range) }));
}

const showsTheSame = (one: ViewState, other: ViewState): boolean =>
  one.isGrouped === other.isGrouped &&
  one.focus === other.focus &&
  one.shortest === other.shortest &&
  one.filter === other.filter &&
  one.onlyMatches === other.onlyMatches &&
  one.onlyCritical === other.onlyCritical &&
  one.range.start === other.range.start &&
  one.range.end === other.range.end &&
  hasSameEntries(one.openGroups, other.openGroups) &&
  hasSameFolds(one.folds, other.folds);

const hasSameEntries = (one: ReadonlySet<number>, other: ReadonlySet<number>): boolean =>
  one === other || (one.size === other.size && [...one].every((entry) => other.has(entry)));

const hasSameFolds = (one: Folds, other: Folds): boolean =>
  one === other || (one.length === other.length && one.every((fold, row) => fold === other[row]));
