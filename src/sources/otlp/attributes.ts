import type { Attribute, Attributes, AttributeValue } from '../../core/trace/rawSpan.ts';
import { isRecord, textOf, type Wire } from './wire.ts';

/** Nesting below this is cut to `…`: attributes are for reading, and hostile depth is input. */
const deepest = 32;

/**
 * OTLP's `repeated KeyValue`, also as before OTLP 0.4, with the value beside the key, and as a plain object. Entries
 * without a key are left out; a value that is unset or of an unknown type is empty text. NaN and infinities are
 * text, since JSON between here and the page has none.
 */
export function readAttributes(list: unknown, wire: Wire): Attributes {
  if (isRecord(list))
    return Object.entries(list).map(([key, value]) => ({ key, value: valueOf(value, wire) }));
  if (!Array.isArray(list)) return [];
  const attributes: Attribute[] = [];
  for (const entry of list as readonly unknown[]) {
    if (!isRecord(entry) || typeof entry['key'] !== 'string') continue;
    const value = entry['value'];
    attributes.push({
      key: entry['key'],
      value: valueOf(value === undefined ? entry : value, wire),
    });
  }
  return attributes;
}

function valueOf(any: unknown, wire: Wire): AttributeValue {
  // Most are text.
  if (isRecord(any) && Object.hasOwn(any, 'stringValue')) return textOf(any['stringValue']);
  const list = elementsOf(any, 'arrayValue') ?? elementsOf(any, 'array_value');
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
  if (!isRecord(any)) return typeof any === 'number' ? doubleOf(any) : plainScalar(any);
  if (depth === deepest) return '…';
  for (const field of Object.keys(any)) {
    const value = any[field];
    switch (field) {
      case 'stringValue':
      case 'string_value':
        return textOf(value);
      case 'boolValue':
      case 'bool_value':
        return value === true || value === 'true';
      case 'intValue':
      case 'int_value':
        return wire.integer(value) ?? '';
      case 'doubleValue':
      case 'double_value':
        return doubleOf(value);
      case 'bytesValue':
      case 'bytes_value':
        return wire.bytes(value) ?? '';
      case 'arrayValue':
      case 'array_value':
        return (elementsOf(any, field) ?? []).map((element) => plainOf(element, wire, depth + 1));
      case 'kvlistValue':
      case 'kvlist_value':
        return plainMap(elementsOf(any, field) ?? [], wire, depth + 1);
    }
  }
  return '';
}

/** A value that isn't wrapped, as some writers of JSON send it. */
const plainScalar = (value: unknown): string | boolean =>
  typeof value === 'boolean' ? value : textOf(value);

/** Without a prototype, so that a key named `__proto__` is a key. */
function plainMap(entries: readonly unknown[], wire: Wire, depth: number): Plain {
  const map = Object.create(null) as Record<string, Plain>;
  for (const entry of entries)
    if (isRecord(entry)) map[textOf(entry['key'])] = plainOf(entry['value'], wire, depth);
  return map;
}

/** The `values` of an array or key-value list set in `any`; undefined when it isn't set. */
function elementsOf(any: unknown, field: string): readonly unknown[] | undefined {
  if (!isRecord(any) || !Object.hasOwn(any, field)) return undefined;
  const list = any[field];
  if (!isRecord(list)) return undefined;
  return Array.isArray(list['values']) ? (list['values'] as readonly unknown[]) : [];
}

/** Proto3's JSON writes doubles as numbers, or as text when they aren't finite. */
function doubleOf(value: unknown): number | string {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof number !== 'number') return '';
  return Number.isFinite(number) ? number : String(number);
}
