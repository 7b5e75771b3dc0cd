import type { DurationRange, RangeRun } from '../core/base/durationRange.ts';
import type { MessageBundle } from '../core/base/message.ts';
import type { DurationBucket } from '../core/correlate/durations/durationBuckets.ts';

export type { DurationBucket };

/** What the Durations view draws. */
export interface ShownDurations {
  /** Of all traces that the search found; empty: of none. */
  readonly buckets: readonly DurationBucket[];
  /** The range of the search, and the buckets that it has a part of. */
  readonly range: DurationRange | undefined;
  readonly chosen: RangeRun | undefined;
  /** Traces that are in the range. */
  readonly inRange: number;
  /** Which of the source's traces they are, where it has more. */
  readonly part: 'all' | 'latest' | 'slowest';
}

/** What the page may ask of the host. */
export interface DurationsHostMethods {
  /** First call of a page. */
  ready(params: Record<string, never>): {
    readonly shown: ShownDurations;
    /** For `useMessages`: the page's language. */
    readonly messages: MessageBundle;
  };
  /** The list shows traces of these durations only; undefined: of any. */
  choose(params: { readonly range: DurationRange | undefined }): Record<string, never>;
}

/** Events the host sends to the page. */
export interface DurationsHostEvents {
  changed: ShownDurations;
}
