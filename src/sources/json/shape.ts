/** A value isn't what the format says. Holds the place, never the value. */
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
