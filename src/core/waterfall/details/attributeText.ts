import { plainMark, type MarkedText } from '../../base/markedText.ts';
import type { Attribute, AttributeValue, Attributes } from '../../trace/rawSpan.ts';
import { prettyJson } from './prettyJson.ts';

/** A value as text: what is copied and searched. */
export const attributeText = (value: AttributeValue): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

/** `http.route=/orders/:id`. */
export const attributeLine = ({ key, value }: Attribute): string =>
  `${key}=${attributeText(value)}`;

/** A line for each. */
export const attributeLines = (attributes: Attributes): string =>
  attributes.map(attributeLine).join('\n');

/**
 * A value as it is shown: numbers, booleans and text are told apart by their kind, and text that reads like another
 * type (`"200"`) by quotes; lists, and text that is JSON, are laid out.
 */
export function shownAttribute(value: AttributeValue): MarkedText {
  const text = attributeText(value);
  if (typeof value === 'number') return [{ kind: 'number', text }];
  if (typeof value === 'boolean') return [{ kind: 'literal', text }];
  const json = prettyJson(text);
  if (json) return json;
  return readsLikeOther(text) ? [{ kind: 'string', text: `"${text}"` }] : plainMark(text);
}

const readsLikeOther = (text: string): boolean =>
  text.length < 40 &&
  (text === 'true' || text === 'false' || /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text));
