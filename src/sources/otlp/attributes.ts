import type { Attribute, Attributes, AttributeValue } from '../../core/trace/rawSpan.ts';
import { valueText } from '../json/valueText.ts';
import { isRecord, textOf, type Wire } from './wire.ts';

/** Nesting below this is cut to `…`: attributes are for reading, and hostile depth is input. */
const deepest = 32;

/**
 * OTLP's `repeated KeyValue`, also as before OTLP 0.4, with the value beside the key, and as a plain object; values also
 * without a type around them. Entries without a key are left out; a value that is unset or of an unknown type is empty
 * text, one that isn't what its type says stays as it is. NaN and infinities are text, since JSON between here and the page
 * has none.
 */
export function readAttributes(list: unknown, wire: Wire): Attributes {
  if (isRecord(list))
    return Object.entries(list).map(([key, value]) => ({ key, value: valueOf(value, wire) }));
  if (!Array.isArray(list)) return [];
  const attributes: Attribute[] = [];
  for (const entry of list as readonly unknown[]) {
    if (!isRecord(entry) || typeof entry['key'] !== 'string') continue;
    const { key, value = isTyped(entry) ? entry : '' } = entry;
    attributes.push({ key, value: valueOf(value, wire) });
  }
  return attributes;
}

function valueOf(any: unknown, wire: Wire): AttributeValue {
  // Most are text.
  if (isRecord(any) && Object.hasOwn(any, 'stringValue'))
    return String(valueText(any['stringValue']));
  const list = Array.isArray(any)
    ? (any as readonly unknown[])
    : (elementsOf(any, 'arrayValue') ?? elementsOf(any, 'array_value'));
  if (list) return list.map((element) => scalarOf(element, wire));
  return scalarOf(any, wire);
}

function scalarOf(any: unknown, wire: Wire): string | number | boolean {
  const plain = plainOf(any, wire, 0);
  return typeof plain === 'object' ? JSON.stringify(plain) : plain;
}

type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };

/** An AnyValue as JSON would have it. The set field of the oneof is the object's own property. */
function plainOf(any: unknown, wire: Wire, depth: number): Plain {
  if (typeof any !== 'object' || any === null) return plainScalar(any);
  if (depth === deepest) return '…';
  if (!isRecord(any))
    return (any as readonly unknown[]).map((element) => plainOf(element, wire, depth + 1));
  for (const field of Object.keys(any)) {
    const value = any[field];
    switch (field) {
      case 'stringValue':
      case 'string_value':
        return String(valueText(value));
      case 'boolValue':
      case 'bool_value':
        return value === true || value === 'true';
      case 'intValue':
      case 'int_value':
        return wire.integer(value) ?? plainScalar(value);
      case 'doubleValue':
      case 'double_value':
        return doubleOf(value);
      case 'bytesValue':
      case 'bytes_value':
        return wire.bytes(value) ?? plainScalar(value);
      case 'arrayValue':
      case 'array_value':
        return (elementsOf(any, field) ?? []).map((element) => plainOf(element, wire, depth + 1));
      case 'kvlistValue':
      case 'kvlist_value':
        return plainMap(entriesOf(elementsOf(any, field) ?? []), wire, depth + 1);
    }
  }
  const keys = Object.entries(any);
  return keys.length === 0 || isTyped(any) ? '' : plainMap(keys, wire, depth + 1);
}

/** The field of an AnyValue, be it of a type that isn't known; else an object is a value without a type around it. */
const isTyped = (value: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(value).some((field) => /(?:V|_v)alue$/.test(field));

/** A value that isn't wrapped, as some writers of JSON send it, or isn't what the field around it says. */
const plainScalar = (value: unknown): string | number | boolean =>
  typeof value === 'number' ? doubleOf(value) : valueText(value);

type Entry = readonly [key: string, value: unknown];

const entriesOf = (list: readonly unknown[]): readonly Entry[] =>
  list.filter(isRecord).map(({ key, value }) => [textOf(key), value]);

/** Without a prototype, so that a key named `__proto__` is a key. */
function plainMap(entries: readonly Entry[], wire: Wire, depth: number): Plain {
  const map = Object.create(null) as Record<string, Plain>;
  for (const [key, value] of entries) map[key] = plainOf(value, wire, depth);
  return map;
}

/** The `values` of an array or key-value list set in `any`; undefined when it isn't set. */
function elementsOf(any: unknown, field: string): readonly unknown[] | undefined {
  if (!isRecord(any) || !Object.hasOwn(any, field)) return undefined;
  const list = any[field];
  if (!isRecord(list)) return undefined;
  return Array.isArray(list['values']) ? (list['values'] as readonly unknown[]) : [];
}

/** Proto3's JSON writes doubles as numbers, or as text when they aren't finite; what is no number stays as it is. */
function doubleOf(value: unknown): string | number | boolean {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof number !== 'number') return valueText(value);
  return Number.isFinite(number) ? number : String(value);
}
