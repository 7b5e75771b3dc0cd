import { message } from '../../core/base/message.ts';
import type { SoughtAttribute } from '../../core/ports.ts';

/** A key, a sign, and a value in quotes (as JSON has it) or up to the next space. */
const condition = /\s*([^\s=]+)=("(?:[^"\\]|\\.)*"(?!\S)|(?!")\S*)(?:\s+|$)/uy;

/**
 * Attributes as typed, as in Jaeger's own form: `http.route=/orders/:id tier="not gold"`. An empty text is none.
 * @returns a sentence where it isn't understood
 */
export function parseAttributes(text: string): readonly SoughtAttribute[] | string {
  const attributes: SoughtAttribute[] = [];
  let at = 0;
  while (text.slice(at).trim() !== '') {
    condition.lastIndex = at;
    const [matched, key = '', typed = ''] = condition.exec(text) ?? [];
    const value = typed.startsWith('"') ? unquoted(typed) : typed;
    if (matched === undefined || value === undefined)
      return message(
        'Enter key=value, for example http.route=/orders; put values with spaces in quotes.',
      );
    attributes.push({ key, value });
    at += matched.length;
  }
  return attributes;
}

/** The same as `parseAttributes` reads it. */
export const attributesText = (attributes: readonly SoughtAttribute[]): string =>
  attributes.map(({ key, value }) => `${key}=${quoted(value)}`).join(' ');

const quoted = (value: string): string =>
  value === '' || /[\s"\\\u0000-\u001f]/u.test(value) ? JSON.stringify(value) : value;

function unquoted(text: string): string | undefined {
  try {
    return String(JSON.parse(text));
  } catch {
    return undefined; // an escape that JSON hasn't
  }
}
