/**
 * What a reader can't see, or what turns the text around it: control characters, bidi overrides and
 * isolates, zero-width characters, line separators, tag characters, lone surrogates.
 */
const hidden =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;
const hiddenButLines = new RegExp(`(?![\\n\\t])(?:${hidden.source})`, 'gu');

/**
 * The text with each character that hides or reorders text made visible: a control character as its
 * picture (`␊`), others as `[U+202E]`. Nothing else is changed.
 */
export function visibleText(text: string): string {
  return text.replace(hidden, picture);
}

/** Like `visibleText` for text shown on several lines: line feeds and tabs stay. */
export function visibleLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(hiddenButLines, picture);
}

/** The same JSON with such characters as escapes: it may be read on a screen, and parses to the same value. */
export function visibleJson(json: string): string {
  return json.replace(hiddenButLines, (character) =>
    Array.from({ length: character.length }, (_, at) => escapeOf(character.charCodeAt(at))).join(
      '',
    ),
  );
}

const escapeOf = (unit: number) => `\\u${unit.toString(16).padStart(4, '0')}`;

/**
 * At most `limit` UTF-16 units of `text`, an ellipsis included; never half a character. Cut before making
 * text visible: a megabyte is then never looked through.
 */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = Math.max(0, limit - 1);
  const last = text.charCodeAt(end - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return `${text.slice(0, splitsPair ? end - 1 : end)}…`;
}

/** Whether there is nothing to be seen of a text: spaces alone, letters that look like them included. */
export const isBlank = (text: string): boolean =>
  /^[\s\u115f\u1160\u2800\u3164\uffa0]*$/u.test(text);

function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}
