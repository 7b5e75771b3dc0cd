/** Quoted text, comments, words and signs of SQL; white space is what lies between. */
const part =
  /'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\/|[\p{L}\p{N}_$@]+|[^\s]/gsu;

/**
 * True where two statements differ in white space only, and none of it in quoted text: no sign got lost, and none runs
 * into a comment or another word. Comments may be indented in another way.
 */
export function sameSql(one: string, other: string): boolean {
  const ones = one.matchAll(part);
  const others = other.matchAll(part);
  for (;;) {
    const { value: a } = ones.next();
    const { value: b } = others.next();
    if (a === undefined || b === undefined) return a === b;
    if (!samePart(a[0], b[0])) return false;
  }
}

const samePart = (one: string, other: string): boolean =>
  one === other || (isComment(one) && withoutSpace(one) === withoutSpace(other));

const isComment = (text: string): boolean => /^(?:--|\/\*)/.test(text);
const withoutSpace = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
