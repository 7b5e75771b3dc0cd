/** A value of the answer isn't what Jaeger's format says. Holds the place, never the value. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
  readonly position: string;

  constructor(position: string, expected: string) {
    super(`not ${expected}`);
    this.position = position;
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function expectObject(value: unknown, at: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ShapeError(at, 'an object');
  return value as JsonObject;
}

export function expectArray(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new ShapeError(at, 'a list');
  return value as readonly unknown[];
}

/** A list, or none at all: Go writes an empty slice as `null`. */
export const expectList = (value: unknown, at: string): readonly unknown[] =>
  value === null || value === undefined ? [] : expectArray(value, at);

export function expectText(value: unknown, at: string): string {
  if (typeof value !== 'string') throw new ShapeError(at, 'text');
  return value;
}

/** As a number, or as text of digits. */
export function expectMicroseconds(value: unknown, at: string): number {
  const number = typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number))
    throw new ShapeError(at, 'a number of microseconds');
  return number;
}

/**
 * Lower-case hex digits, padded with zeros on the left to `length`: Jaeger writes a trace id whose
 * upper half is zero with 16 digits (jaeger-idl model/v1/ids.go).
 */
export function hexId(value: unknown, length: 16 | 32, at: string): string {
  if (typeof value !== 'string' || value.length > length || !/^[0-9a-fA-F]+$/.test(value))
    throw new ShapeError(at, `${String(length)} hex digits`);
  return value.toLowerCase().padStart(length, '0');
}
