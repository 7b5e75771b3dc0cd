import type { AttributeValue } from '../rawSpan.ts';
import { bareKey } from './bareKey.ts';
import { fieldNamed, type FilterField } from './filterFields.ts';
import { oneLine, quote } from './quotes.ts';

/** What needs no quotes behind a sign. */
const plainValue = /^[\p{L}\p{N}/_$#@.+*-][\p{L}\p{N}/_$#@.+*:?&%~-]*$/u;
const plainKey = new RegExp(`^(?!.*[*])${bareKey}$`, 'u');
/** What other spans may be called alike; the rest has few values of its own. */
const isName = new Set<FilterField>(['service', 'operation', 'code']);
/** Longer texts are found by how they begin: they are typed and read in a field of one line. */
const longest = 200;

/**
 * The condition that finds the spans with that value, as a filter says it: `filterTerm('service', 'shop api')` is
 * `service:="shop api"`, `filterTerm('http.route', '/orders')` is `http.route=/orders`. Quoted where it has to be; a
 * value of more than 200 characters or of several lines is found with all that begin or look so.
 * @param field one of `fieldNames`, else an attribute's key; for the key of an attribute that may be called as a
 *   field is, see `attributeTerm`
 */
export function filterTerm(field: string, value: AttributeValue): string {
  const known = fieldNamed(field);
  if (known === undefined) return attributeTerm(field, value);
  const text = oneLine(textOf(value));
  if (text.length > longest) return `${field}:${quote(cut(text))}`;
  const sign = isName.has(known) ? ':=' : ':';
  return `${field}${sign}${quotedWhereNeeded(text)}`;
}

/** As `filterTerm`, for an attribute whatever its key is. */
export function attributeTerm(key: string, value: AttributeValue): string {
  const text = textOf(value);
  const name = attributeName(key);
  const shown = anyLines(text.length > longest ? `${cut(text)}*` : text);
  if (shown !== text) return `${name}=${quotedWhereNeeded(shown)}`;
  return `${name}${text.includes('*') ? ':=' : '='}${quotedWhereNeeded(text)}`;
}

/** An attribute's key as it stands in front of `=`. */
export const attributeName = (key: string): string =>
  plainKey.test(key) && fieldNamed(key) === undefined ? key : quote(anyLines(key));

const textOf = (value: AttributeValue): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

const anyLines = (text: string): string => text.replaceAll(/[\r\n]+/gu, '*');

/** Its beginning, without half of a character. */
const cut = (text: string): string => text.slice(0, longest).replace(/[\uD800-\uDBFF]$/u, '');

const quotedWhereNeeded = (text: string): string => (plainValue.test(text) ? text : quote(text));
