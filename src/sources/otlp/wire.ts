/** A time of the wire, exact until 2255: nanoseconds since 1970, split where a double would round them. */
export interface WireTime {
  readonly micros: number;
  /** 0 to 999. */
  readonly nanos: number;
}

/** How an encoding of OTLP writes the values that differ between protobuf and JSON. */
export interface Wire {
  /** Lower-case hex; empty when absent or all zero; undefined when it isn't an id of so many digits. */
  id(value: unknown, digits: 16 | 32): string | undefined;
  /** Undefined when absent, negative or beyond 64 bits. */
  time(value: unknown): WireTime | undefined;
  /** Text beyond 2^53; undefined when it isn't a whole number. */
  integer(value: unknown): number | string | undefined;
  /** Base64. */
  bytes(value: unknown): string | undefined;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text, or what writers of JSON send in its place. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

const snakeNames = new Map<string, string>();

/** The field `startTimeUnixNano`, or `start_time_unix_nano` as the .proto files and some writers have it. */
export function fieldOf(record: Readonly<Record<string, unknown>>, name: string): unknown {
  const value = record[name];
  if (value !== undefined) return value;
  let snakeName = snakeNames.get(name);
  if (snakeName === undefined) {
    snakeName = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    snakeNames.set(name, snakeName);
  }
  return record[snakeName];
}
