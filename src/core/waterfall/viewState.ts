import { microseconds, type Microseconds, type SpanRow } from '../base/units.ts';
import type { TraceShape } from '../trace/trace.ts';
import type { Folds } from './fold.ts';
import type { FoldBase } from './foldBase.ts';
import { opening } from './internalSpans.ts';
import { wholeRange, type TimeRange } from './timeRange.ts';

/** How a trace is looked at: what can be undone. The selection and the page's sizes are no part of it. */
export interface ViewState {
  readonly folds: Folds;
  /** What all folds were set to last. */
  readonly foldBase: FoldBase;
  /** Repeated siblings have one line. */
  readonly isGrouped: boolean;
  /** Groups that are open: each member has a line of its own. */
  readonly openGroups: ReadonlySet<number>;
  /** The only span shown, with what is below it; undefined: all. */
  readonly focus: SpanRow | undefined;
  /** Shorter spans are left out, unless one below them isn't. */
  readonly shortest: Microseconds;
  readonly filter: string;
  /** Only matches of the filter, and their ancestors. */
  readonly onlyMatches: boolean;
  readonly onlyCritical: boolean;
  readonly range: TimeRange;
}

/** Of no trace. */
export const emptyView: ViewState = {
  folds: new Uint8Array(0),
  foldBase: 'opening',
  isGrouped: true,
  openGroups: new Set(),
  focus: undefined,
  shortest: microseconds(0),
  filter: '',
  onlyMatches: false,
  onlyCritical: false,
  range: wholeRange(0),
};

/** Whether two views of one trace have the same lines, as long as matches are the same. */
export const isLaidOutAlike = (one: ViewState, other: ViewState): boolean =>
  one.folds === other.folds &&
  one.isGrouped === other.isGrouped &&
  one.openGroups === other.openGroups &&
  one.focus === other.focus &&
  one.shortest === other.shortest &&
  one.onlyMatches === other.onlyMatches;

/** How a trace opens: showing what matters. */
export const openingView = (shape: TraceShape): ViewState => ({
  ...emptyView,
  folds: opening(shape),
  range: wholeRange(shape.duration),
});

/** Every span with a line of its own. */
export const wholeView = (shape: TraceShape): ViewState => ({
  ...emptyView,
  folds: new Uint8Array(shape.size),
  foldBase: 'none',
  isGrouped: false,
  range: wholeRange(shape.duration),
});
