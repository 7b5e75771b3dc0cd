import type { SpanRow } from '../core/base/units.ts';
import type { CostKind } from '../core/explain/costKind.ts';
import type { CostSelector } from '../core/explain/traceCosts.ts';

export type { CostSelector };

/** A line of "where the time went": a place in the code, in words. Texts of spans in it are made visible. */
export interface ShownCost {
  /** The first of the rows that it stands for: it is asked about by this. */
  readonly row: SpanRow;
  /** 0: the request itself. */
  readonly depth: number;
  /** Of the critical path, with everything that it calls: 0 to 1. */
  readonly share: number;
  /** `76.7%`. */
  readonly percent: string;
  /** `22 × GET tax/rates/*`. */
  readonly name: string;
  /** Of the critical path, `1.82 s`. */
  readonly time: string;
  /** `pricing.client.ts:37`; empty: no line is known. */
  readonly place: string;
  /** `in the loop at orders.service.ts:81`; empty: in none. */
  readonly loop: string;
  /** It can be asked for: it is no other. */
  readonly isSureLoop: boolean;
  readonly kind: CostKind;
  /** All about it, a line each. */
  readonly details: readonly string[];
}

/** What the time was spent on. */
export interface ShownKind {
  readonly kind: CostKind;
  readonly name: string;
  readonly share: number;
  readonly percent: string;
}

/** Where the time of a trace went, each moment of its critical path once. */
export interface ShownCosts {
  /** Largest first; together 1 where it took any time. */
  readonly kinds: readonly ShownKind[];
  /** In the order of the tree, those that took more first. */
  readonly lines: readonly ShownCost[];
  /** Row of the line that most of the time went to; undefined: to no one place. */
  readonly dominant: SpanRow | undefined;
}

/** How long a span took among others of its operation. */
export interface ShownPercentile {
  /** `slower than 98% of 1,204`. */
  readonly text: string;
  /** What it is compared with, and where that comes from, a sentence each. */
  readonly basis: readonly string[];
}

/** What a page may ask about why its trace took so long. */
export interface TraceCostMethods {
  /** `costs` undefined: there are none. */
  traceCosts(params: Record<string, never>): { readonly costs: ShownCosts | undefined };
  /** Rows that a line or a kind stands for, and what to call them. */
  costRows(params: CostSelector): { readonly rows: readonly SpanRow[]; readonly label: string };
  /** Opens the loop that runs a line's call, with the focus. */
  openLoop(params: { row: SpanRow }): { readonly opened: boolean; readonly reason: string };
  /** `percentile` undefined: there are no figures of such spans, or too few. */
  spanPercentile(params: { row: SpanRow }): { readonly percentile: ShownPercentile | undefined };
}
