import type { Attribute, AttributeValue } from '../../core/trace/rawSpan.ts';
import { expectList, expectObject, expectText, ShapeError } from '../json/shape.ts';
import { valueText } from '../json/valueText.ts';

/**
 * Jaeger's `{ key, type, value }` list as attributes. int64 beyond 2^53 comes as text and stays text, binary is
 * base64, lists and maps are JSON text. Numbers and booleans that come as text, as from Jaeger's Elasticsearch,
 * are what `type` says.
 */
export function readTags(value: unknown, at: string): Attribute[] {
  return expectList(value, at).map((entry, index) => {
    const place = `${at}[${String(index)}]`;
    const tag = expectObject(entry, place);
    if (tag['value'] === undefined && 'value' in tag) throw unknownValue(`${place}.value`);
    return {
      key: expectText(tag['key'], `${place}.key`),
      value: typed(valueText(tag['value']), tag['type']),
    };
  });
}

/** Tags as fields of one object, as Jaeger's Elasticsearch can keep them, with `@` in place of each dot. */
export const readTagMap = (value: unknown, at: string): Attribute[] =>
  value === undefined || value === null
    ? []
    : Object.entries(expectObject(value, at)).map(([key, entry]) => ({
        key: key.replaceAll('@', '.'),
        value: valueText(entry),
      }));

/** JSON has no undefined: it stands for a value in a database of a type that isn't known. */
const unknownValue = (at: string) => new ShapeError(at, 'text, a number or a boolean');

/** A value that came as text, as what `type` says. */
export function typed(value: AttributeValue, type: unknown): AttributeValue {
  if (typeof value !== 'string') return value;
  if (type === 'bool') return value === 'true' || (value === 'false' ? false : value);
  if (type !== 'int64' && type !== 'float64') return value;
  const number = Number(value);
  const isExact = type === 'int64' ? Number.isSafeInteger(number) : Number.isFinite(number);
  return isExact && /\d$/.test(value) ? number : value;
}
