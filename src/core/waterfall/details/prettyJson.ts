import { joinedParts, type MarkedText, type TextPart } from '../../base/markedText.ts';

/** Longer text is shown as it was recorded. */
const longestText = 500_000;
/** A list of plain values this short stays on one line. */
const longestLine = 72;
/** Of deep nesting the indentation alone would be the square of the text. */
const deepestIndent = 40;

const token = /"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s[\]{}:,"]+/gs;
/** A list or object without another in it. */
const flat = /\[(?:[^[\]{}"]|"(?:[^"\\]|\\.)*")*\]|[[{]\s*[\]}]/sy;

/**
 * JSON laid out on lines and marked, where the text is an object or an array; undefined for other text. Only white
 * space between values changes: numbers of any size, keys that repeat and escapes stay as they were recorded.
 */
export function prettyJson(text: string): MarkedText | undefined {
  if (!isContainer(text)) return undefined;
  return joinedParts(layOut(text));
}

function isContainer(text: string): boolean {
  if (text.length > longestText || !/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // It only begins like JSON.
  }
}

function* layOut(text: string): Generator<TextPart> {
  let depth = 0;
  let skipTo = 0;
  const lineBreak = () => plain(`\n${'  '.repeat(Math.min(depth, deepestIndent))}`);
  for (const { 0: found, index } of text.matchAll(token)) {
    if (index < skipTo) continue;
    if (found === '[' || found === '{') {
      const short = flatAt(text, index);
      if (short !== undefined) {
        yield* onOneLine(short);
        skipTo = index + short.length;
        continue;
      }
      depth++;
      yield plain(found);
      yield lineBreak();
    } else if (found === ']' || found === '}') {
      depth--;
      yield lineBreak();
      yield plain(found);
    } else if (found === ',') {
      yield plain(found);
      yield lineBreak();
    } else if (found === ':') yield plain(': ');
    else yield value(found, isKey(text, index + found.length));
  }
}

/** The container that begins there, where it is short and has no other in it. */
function flatAt(text: string, index: number): string | undefined {
  const near = text.slice(index, index + longestLine);
  flat.lastIndex = 0;
  return flat.exec(near)?.[0];
}

function* onOneLine(text: string): Generator<TextPart> {
  for (const { 0: found } of text.matchAll(token))
    yield /^[[\]{},]$/.test(found) ? plain(found === ',' ? ', ' : found) : value(found, false);
}

const isKey = (text: string, end: number): boolean => {
  while (/\s/.test(text.charAt(end))) end++;
  return text.charAt(end) === ':';
};

const plain = (text: string): TextPart => ({ kind: 'plain', text });

function value(text: string, isName: boolean): TextPart {
  if (text.startsWith('"')) return { kind: isName ? 'name' : 'string', text };
  return { kind: /^[tfn]/.test(text) ? 'literal' : 'number', text };
}
