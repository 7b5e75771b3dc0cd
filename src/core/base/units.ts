/** Quantities that must not be mixed up. Casts to them live here and in the wire readers. */
declare const unit: unique symbol;
type Quantity<Unit extends string> = number & { readonly [unit]: Unit };

/** A length of time in microseconds. May have a fraction: OTLP sends nanoseconds. */
export type Microseconds = Quantity<'µs'>;
/** A point in time in microseconds since 1970; a double holds it to 0.25 µs. */
export type EpochMicroseconds = Quantity<'µs since 1970'>;
/** A row of one `Trace`: depth first, siblings by start. A line on the screen is a `ViewRow`. */
export type SpanRow = Quantity<'span row'>;

export const microseconds = (value: number) => value as Microseconds;
export const epochMicroseconds = (value: number) => value as EpochMicroseconds;
export const spanRow = (value: number) => value as SpanRow;

export const fromMilliseconds = (value: number) => (value * 1_000) as Microseconds;
export const fromSeconds = (value: number) => (value * 1_000_000) as Microseconds;
export const fromMinutes = (value: number) => (value * 60_000_000) as Microseconds;
/** `Date.now()` and the like, as Spanhop's point in time. */
export const epochFromMilliseconds = (value: number) => (value * 1_000) as EpochMicroseconds;
export const toMilliseconds = (value: Microseconds | EpochMicroseconds): number => value / 1_000;

export const elapsed = (from: EpochMicroseconds, to: EpochMicroseconds) =>
  (to - from) as Microseconds;
export const later = (from: EpochMicroseconds, by: Microseconds) =>
  (from + by) as EpochMicroseconds;
export const earlier = (from: EpochMicroseconds, by: Microseconds) =>
  (from - by) as EpochMicroseconds;
