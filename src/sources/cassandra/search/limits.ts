/** How much one search reads at most. */
export interface SearchLimits {
  /** Rows of an index for one slice of time. */
  readonly rows: number;
  /** Of a slice of a millisecond or less, which is not cut again. */
  readonly crowdedRows: number;
  /** Rows of tags read to leave out spans without them, on the way down the durations. */
  readonly tagRows: number;
  /** Traces with the tags in such a number are read at once, however long they took. */
  readonly fewTraces: number;
  /** Traces read, for what no index tells. */
  readonly traces: number;
  readonly services: number;
}

export const usualLimits: SearchLimits = {
  rows: 5_000,
  crowdedRows: 100_000,
  tagRows: 20_000,
  fewTraces: 100,
  traces: 2_000,
  services: 100,
};
