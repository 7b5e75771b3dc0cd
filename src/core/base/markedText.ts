/** What a part of a text is, for its color. `name`: a key of JSON, a function of SQL. */
export type TextKind = 'plain' | 'keyword' | 'name' | 'string' | 'number' | 'literal' | 'comment';

export interface TextPart {
  readonly kind: TextKind;
  readonly text: string;
}

/** A text in parts; one after the other they are the text. */
export type MarkedText = readonly TextPart[];

/** Neighbors of one kind as one part, without empty ones. */
export function joinedParts(parts: Iterable<TextPart>): MarkedText {
  const joined: { kind: TextKind; text: string }[] = [];
  for (const { kind, text } of parts) {
    if (text === '') continue;
    const last = joined.at(-1);
    if (last?.kind === kind) last.text += text;
    else joined.push({ kind, text });
  }
  return joined;
}

export const plainMark = (text: string): MarkedText => [{ kind: 'plain', text }];

export const textOfMarks = (marked: MarkedText): string => marked.map(({ text }) => text).join('');

/** The beginning of a text: at most so many lines and UTF-16 units, never half a character; all of it when it fits. */
export function beginningOf(
  marked: MarkedText,
  most: { readonly characters: number; readonly lines: number },
): MarkedText {
  const end = endWithin(marked, most);
  if (end === undefined) return marked;
  const kept: TextPart[] = [];
  let at = 0;
  for (const part of marked) {
    if (at >= end) break;
    kept.push(
      at + part.text.length <= end ? part : { ...part, text: part.text.slice(0, end - at) },
    );
    at += part.text.length;
  }
  return kept;
}

/** Where the text is cut; undefined: it fits. */
function endWithin(
  marked: MarkedText,
  { characters, lines }: { readonly characters: number; readonly lines: number },
): number | undefined {
  let at = 0;
  let line = 1;
  for (const { text } of marked) {
    for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1)) {
      if (at + feed > characters) break;
      if (line++ === lines) return at + feed;
    }
    if (at + text.length > characters) {
      const last = text.charCodeAt(characters - at - 1);
      return last >= 0xd800 && last <= 0xdbff ? characters - 1 : characters;
    }
    at += text.length;
  }
  return undefined;
}
