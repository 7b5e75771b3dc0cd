import type { SpanRow } from '../base/units.ts';
import type { RowRun } from './barParts.ts';

/** What a line of the rows shows, whatever it stands for. */
export interface ShownLine {
  /** Of its row on the page: what is marked by shape or color. */
  readonly classes: readonly string[];
  readonly isParent: boolean;
  readonly isFolded: boolean;
  /** `214 ×`; empty at a span. */
  readonly count: string;
  readonly operation: string;
  readonly service: string;
  readonly repeats: string;
  /** Where another trace begins. */
  readonly origin: string;
  readonly isCostly: boolean;
  readonly place: string;
  /** µs from the trace's start. */
  readonly start: number;
  readonly length: number;
  /** Written beside the bar. */
  readonly time: string;
  /** Spans whose times are drawn in the bar; undefined: the bar is one span's. */
  readonly members: Uint32Array | undefined;
  /** Rows whose parts of the critical path are drawn below the bar: its own and those of what has no line. */
  readonly onPath: readonly RowRun[];
  /** The row whose children are told apart in the bar from its own time; undefined: of none. */
  readonly parentRow: SpanRow | undefined;
}
