/** A word, a string's value, or any other character. Offsets count from 0. */
export interface GoToken {
  readonly kind: 'word' | 'string' | 'sign';
  readonly text: string;
  readonly at: number;
}

/** Comments are skipped; runes count as signs; `:=` is one sign, every other is one character. */
const token =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"((?:[^"\\\n]|\\.)*)"?|`([^`]*)`?|'(?:[^'\\\n]|\\.)*'?|([\p{L}_][\p{L}\p{N}_]*)|:=|[^\s]/gu;

/** The tokens of Go source, at most `most`; broken code gives what there is of them. Linear in the text. */
export function goTokens(text: string, most: number): readonly GoToken[] {
  const tokens: GoToken[] = [];
  for (const match of text.matchAll(token)) {
    const [whole, quoted, raw, word] = match;
    if (whole.startsWith('//') || whole.startsWith('/*')) continue;
    const at = match.index;
    if (word !== undefined) tokens.push({ kind: 'word', text: word, at });
    else if (quoted !== undefined) tokens.push({ kind: 'string', text: unescaped(quoted), at });
    else if (raw !== undefined) tokens.push({ kind: 'string', text: raw, at });
    else tokens.push({ kind: 'sign', text: whole, at });
    if (tokens.length >= most) break;
  }
  return tokens;
}

/** Routes have no other escapes than these. */
const unescaped = (text: string): string => text.replace(/\\(["\\])/g, '$1');
