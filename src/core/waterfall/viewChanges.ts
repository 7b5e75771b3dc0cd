import { microseconds, type Microseconds, type SpanRow } from '../base/units.ts';
import { timeBelow } from '../trace/timeBelow.ts';
import { errorStatus, type TraceShape } from '../trace/trace.ts';
import { allFolded, foldedTo, noFolds, revealing, withFold } from './fold.ts';
import { membersOf, type SpanGroups } from './groups.ts';
import { opening } from './internalSpans.ts';
import { keptSpans } from './lines.ts';
import type { LineRef } from './lineRefs.ts';
import { withNextLevel } from './nextLevel.ts';
import type { ViewState } from './viewState.ts';

/** What changes of the view are worked out from. */
interface Viewed {
  readonly shape: TraceShape;
  readonly groups: SpanGroups;
  /** Of the filter, one entry a span. */
  readonly matches: Uint8Array | undefined;
}

export type ViewChange = (view: ViewState, viewed: Viewed) => ViewState;

/** A span without what is below it, a group without its members; or with. */
export const folded =
  ({ row, group }: LineRef, isFolded: boolean): ViewChange =>
  (view, { shape }) => {
    if (group < 0) return { ...view, folds: withFold(shape, view.folds, row, isFolded) };
    const openGroups = new Set(view.openGroups);
    if (isFolded) openGroups.delete(group);
    else openGroups.add(group);
    return { ...view, openGroups };
  };

/** The roots alone. */
const collapsedAll: ViewChange = (view, { shape }) => ({
  ...view,
  folds: allFolded(shape),
  foldBase: 'all',
  openGroups: new Set(),
});

/** A line for each span that filter, threshold and focus leave. */
const expandedAll: ViewChange = (view, { shape }) => ({
  ...view,
  folds: noFolds(shape),
  foldBase: 'none',
  isGrouped: false,
});

/** One level more of what has lines. */
const expandedLevel: ViewChange = (view, { shape, groups, matches }) =>
  withNextLevel(shape, groups, view, matches);

/** A line for every span of the trace. */
const everything: ViewChange = (view, viewed) => ({
  ...expandedAll(view, viewed),
  focus: undefined,
  shortest: microseconds(0),
  onlyMatches: false,
});

/** Rows as they were when the trace opened. */
const asOpened: ViewChange = (view, viewed) => ({
  ...everything(view, viewed),
  folds: opening(viewed.shape),
  foldBase: 'opening',
  isGrouped: true,
  openGroups: new Set(),
});

/** Groups so small are opened to show the failure in them; larger ones say how many failed. */
const openedForErrors = 50;

/** Open down to each span that failed, and closed elsewhere. */
const toErrors: ViewChange = (view, { shape, groups }) => {
  const { parent, status } = shape.columns;
  const marks = Uint8Array.from(status, (one) => (one === errorStatus ? 1 : 0));
  const openGroups = new Set<number>();
  const passed = new Uint8Array(shape.size);
  for (let row = 0; row < shape.size; row++) {
    if (marks[row] !== 1) continue;
    for (let at = row; at >= 0 && passed[at] === 0; at = parent[at] ?? -1) {
      passed[at] = 1;
      const group = groups.of[at] ?? -1;
      if (group >= 0 && membersOf(groups, group).length <= openedForErrors) openGroups.add(group);
    }
  }
  return { ...view, folds: foldedTo(shape, marks), openGroups };
};

/** Of the critical path: what takes less of it doesn't count as slow. */
const slowShare = 0.02;

/** Open down to each span, or repeated ones together, that itself takes a fiftieth of the critical path; closed elsewhere. */
const toSlow: ViewChange = (view, { shape, groups }) => {
  const { criticalTime } = shape.columns;
  const timeOf = timeBelow(shape);
  const ofGroup = new Float64Array(groups.count);
  groups.of.forEach((group, row) => {
    if (group >= 0) ofGroup[group] = (ofGroup[group] ?? 0) + timeOf(row);
  });
  const least = criticalTime.reduce((sum, time) => sum + time, 0) * slowShare;
  const marks = Uint8Array.from(criticalTime, (time, row) => {
    const together = ofGroup[groups.of[row] ?? -1] ?? 0;
    return least > 0 && Math.max(time, together) >= least ? 1 : 0;
  });
  return { ...view, folds: foldedTo(shape, marks), openGroups: new Set() };
};

export const grouped =
  (isGrouped: boolean): ViewChange =>
  (view) => ({ ...view, isGrouped, openGroups: new Set() });

/** Only the span and what is below it; undefined: the whole trace. */
export const focusedOn =
  (focus: SpanRow | undefined): ViewChange =>
  (view, { shape }) => ({
    ...view,
    focus,
    folds: focus === undefined ? view.folds : withFold(shape, view.folds, focus, false),
  });

/** Without spans shorter than this, where all below them are too. */
export const withoutShort =
  (shortest: Microseconds): ViewChange =>
  (view) => ({ ...view, shortest });

/** So that the span has a line: what is above it open, and nothing that leaves it out. The same view where it has one. */
export const revealed =
  (row: SpanRow): ViewChange =>
  (view, { shape, groups, matches }) => {
    let next = view;
    const { subtreeSize, parent } = shape.columns;
    const { focus } = view;
    if (focus !== undefined && (row < focus || row >= focus + (subtreeSize[focus] ?? 1)))
      next = { ...next, focus: undefined };
    if (keptSpans(shape, view, matches)?.[row] === 0)
      next = { ...next, shortest: microseconds(0), onlyMatches: false };
    const folds = revealing(shape, next.folds, row);
    if (folds !== next.folds) next = { ...next, folds };
    if (!next.isGrouped) return next;
    const closed: number[] = [];
    for (let at: number = row; at >= 0 && at !== next.focus; at = parent[at] ?? -1) {
      const group = groups.of[at] ?? -1;
      if (group >= 0 && !next.openGroups.has(group)) closed.push(group);
    }
    if (closed.length === 0) return next;
    return { ...next, openGroups: new Set([...next.openGroups, ...closed]) };
  };

/** Changes of all rows at once, by name. */
export const rowChanges = {
  collapsedAll,
  expandedAll,
  expandedLevel,
  everything,
  asOpened,
  toErrors,
  toSlow,
} as const satisfies Readonly<Record<string, ViewChange>>;
export type RowChange = keyof typeof rowChanges;
