import type { SpanRow } from '../core/base/units.ts';
import type { ComparedTrace } from '../core/trace/compare/comparedTrace.ts';
import type { ComparedLine } from '../core/trace/compare/comparison.ts';
import type { PlacedCall } from '../core/trace/compare/differenceText.ts';

/** A compared line in words; texts of spans in it are made visible. */
interface ShownComparedLine extends ComparedLine {
  /** `pricing.client.ts:31`. */
  readonly place: string;
  /** `pricing.quote in OrdersService.remove`. */
  readonly symbol: string;
}

/** A trace compared with another one: see `TraceComparison`. */
export interface ShownComparison {
  /** The one that is compared with, and the one of the page. */
  readonly traces: readonly [before: ComparedTrace, after: ComparedTrace];
  readonly calls: readonly PlacedCall[];
  readonly callCount: number;
  readonly lines: readonly ShownComparedLine[];
  readonly lineCount: number;
}

/** A part of the comparison that the page has: a call by its id, or a line by its position. */
export type ComparisonPart = { readonly call: number } | { readonly line: number };

/** What a page may ask about its trace beside another one. */
export interface CompareMethods {
  /** Asks the user for the other trace; false: none was chosen. */
  chooseOther(params: Record<string, never>): { readonly chosen: boolean };
  /**
   * Compares with the trace that was chosen last, else with that of the id, which the page kept.
   * `comparison` undefined: none was chosen.
   */
  compare(params: { traceId: string | undefined }): {
    readonly comparison: ShownComparison | undefined;
  };
  /** The spans of a part in the page's trace, and what to call them. */
  comparedRows(params: ComparisonPart): {
    readonly rows: readonly SpanRow[];
    readonly label: string;
  };
  /** Opens the line of a part. */
  openComparedCode(params: ComparisonPart): { readonly opened: boolean; readonly reason: string };
  /** Opens the other trace. */
  openOther(params: Record<string, never>): Record<string, never>;
}
