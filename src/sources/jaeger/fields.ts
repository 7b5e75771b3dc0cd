import { ShapeError } from '../json/shape.ts';

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
