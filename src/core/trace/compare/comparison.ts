/** Of each of two traces: of the one that is compared with, and of the one that is looked at. */
export type Sides = readonly [before: number, after: number];

/** What a trace spent on something, by what is measured. Times in µs. */
export interface ComparedTimes {
  /** Of the critical path, everything below included: each moment of a trace counts once. */
  readonly critical: Sides;
  /** Durations added up: of calls at the same time, all count. */
  readonly total: Sides;
  /** Durations without children, added up. */
  readonly self: Sides;
}

export const comparedMeasures = ['critical', 'total', 'self'] as const;
export type ComparedMeasure = (typeof comparedMeasures)[number];

/** How often two traces call something. */
export interface ComparedCounts {
  readonly calls: Sides;
  /** Calls that failed. */
  readonly errors: Sides;
}

/** What two traces have on one path of calls: what is called there, from the same place, however often. */
export interface ComparedCall extends ComparedTimes, ComparedCounts {
  /** Names it in questions about it. */
  readonly id: number;
  /** Position in the list of what calls it, which comes before it; -1: it is a root. */
  readonly parent: number;
  /** A span's name, or what is there in the code; hostile text. */
  readonly name: string;
  readonly service: string;
}

/** What two traces have at one line of the code. */
export interface ComparedLine extends ComparedCounts {
  /** Of the critical path, µs: without other lines above and below, so that all lines add up to no more than the trace. */
  readonly self: Sides;
  /** Of the critical path, µs: of its calls with everything below them, other lines included. */
  readonly critical: Sides;
}

/** A difference in µs, later less before. */
export const differenceOf = ([before, after]: Sides): number => after - before;

/** Of the longer trace: a smaller difference is noise. */
const leastShare = 0.01;

/** Whether a difference in time is worth a word in traces of these durations. */
export const isNotable = (difference: number, durations: Sides): boolean =>
  Math.abs(difference) > 0 && Math.abs(difference) >= leastDifference(durations);

/** Called or failing more often or less, or longer or shorter by more than noise. @param times of what is measured, µs */
export const isDifferent = (
  { calls, errors }: ComparedCounts,
  times: Sides,
  durations: Sides,
): boolean =>
  differenceOf(calls) !== 0 ||
  differenceOf(errors) !== 0 ||
  isNotable(differenceOf(times), durations);

/** The smallest notable difference, µs. */
const leastDifference = (durations: Sides): number => leastShare * Math.max(...durations);

/** Of the other trace first. */
export const turned = ([before, after]: Sides): Sides => [after, before];

/** The same with the traces in each other's place. */
export const swappedCall = <Call extends ComparedCall>(call: Call): Call => ({
  ...call,
  calls: turned(call.calls),
  errors: turned(call.errors),
  critical: turned(call.critical),
  total: turned(call.total),
  self: turned(call.self),
});

/** The same with the traces in each other's place. */
export const swappedLine = <Line extends ComparedLine>(line: Line): Line => ({
  ...line,
  calls: turned(line.calls),
  errors: turned(line.errors),
  self: turned(line.self),
  critical: turned(line.critical),
});
