import type { Attribute, AttributeValue } from '../../core/trace/rawSpan.ts';
import { expectList, expectObject, expectText, ShapeError } from './shape.ts';

/**
 * Jaeger's `{ key, type, value }` list as attributes. The value's own JSON type counts, not `type`:
 * int64 beyond 2^53 comes as text and stays text, binary is base64, OTLP lists and maps are JSON text.
 */
export function readTags(value: unknown, at: string): Attribute[] {
  return expectList(value, at).map((entry, index) => {
    const place = `${at}[${String(index)}]`;
    const tag = expectObject(entry, place);
    return {
      key: expectText(tag['key'], `${place}.key`),
      value: readValue(tag['value'], `${place}.value`),
    };
  });
}

function readValue(value: unknown, at: string): AttributeValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  throw new ShapeError(at, 'text, a number or a boolean');
}
