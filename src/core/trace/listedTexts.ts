import type { AttributeValue } from './rawSpan.ts';

/**
 * The elements of a list as texts; of anything else its one text. A list may have become JSON text, as in Jaeger's API
 * and in stores without lists; text that only begins like one stays whole.
 */
export function listedTexts(value: AttributeValue): readonly string[] {
  if (typeof value === 'object') return value.map(String);
  return (typeof value === 'string' && listInJson(value)) || [String(value)];
}

function listInJson(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const list = JSON.parse(text) as readonly unknown[];
    return list.every(isScalar) ? list.map(String) : undefined;
  } catch {
    return undefined; // Text that begins so.
  }
}

const isScalar = (value: unknown): boolean => value !== null && typeof value !== 'object';
