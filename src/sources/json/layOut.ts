/** Part of the text between a list's or object's brackets, with whole entries in it. */
interface Segment {
  readonly from: number;
  readonly to: number;
  /** Its only entry is, or has as its value, a list or object that is laid out itself. */
  readonly child: JsonNode | undefined;
}

/** A list or object that is too long to be parsed at once. */
export interface JsonNode {
  readonly start: number;
  /** Of the closing bracket. */
  readonly end: number;
  readonly isList: boolean;
  /** Side by side, with a comma between each two. */
  readonly segments: readonly Segment[];
}

/** More lists, objects and commas than may be parsed. */
export class TooManyValues extends Error {
  override readonly name = 'TooManyValues';
}

const quote = 0x22;
const comma = 0x2c;
const openList = 0x5b;
const backslash = 0x5c;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

/** Lists and objects below this depth are parsed at once, however long: traces are laid out far above. */
const deepest = 7;

/** A list or object whose end hasn't been seen yet; reused for each at its depth. */
interface Open {
  start: number;
  lastComma: number;
  lastSplit: number;
  segments: Segment[];
  child: JsonNode | undefined;
}

/**
 * Where JSON text is cut, so that each piece is parsed for itself; undefined when it is short. Looks at
 * brackets, commas and quotes only: everything else is for who parses the pieces.
 * @param mostValues lists, objects and commas outside of text
 * @param pieceLength in characters; a piece is longer where one entry is
 * @throws TooManyValues before any of them is made. @throws SyntaxError when brackets or quotes don't match
 */
export function layOut(
  text: string,
  mostValues: number,
  pieceLength: number,
): JsonNode | undefined {
  const opened = Array.from({ length: deepest + 1 }, newlyOpen);
  let depth = 0;
  let values = 0;
  let root: JsonNode | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = endOfText(text, at);
    } else if (code === comma) {
      values += 1;
      const holder = opened[depth];
      if (holder !== undefined && depth > 0) splitAt(holder, at, pieceLength);
    } else if (code === openList || code === openObject) {
      values += 1;
      depth += 1;
      const holder = opened[depth];
      if (holder !== undefined) begin(holder, at);
    } else if (code === closeList || code === closeObject) {
      const closed = opened[depth];
      depth -= 1;
      if (depth < 0) throw new SyntaxError('A bracket too many.');
      const node = closed && nodeOf(closed, text, at, pieceLength);
      if (node && depth === 0) root = node;
      else if (node) standAlone(opened[depth], node);
    }
    if (values > mostValues) throw new TooManyValues();
  }
  if (depth !== 0) throw new SyntaxError('A bracket is missing.');
  return root;
}

const newlyOpen = (): Open => ({
  start: 0,
  lastComma: 0,
  lastSplit: 0,
  segments: [],
  child: undefined,
});

function begin(holder: Open, at: number): void {
  holder.start = at;
  holder.lastComma = at;
  holder.lastSplit = at;
  if (holder.segments.length > 0) holder.segments = [];
  holder.child = undefined;
}

function splitAt(holder: Open, at: number, pieceLength: number): void {
  if (holder.child !== undefined || at - holder.lastSplit > pieceLength) endSegment(holder, at);
  holder.lastComma = at;
}

function endSegment(holder: Open, at: number): void {
  holder.segments.push({ from: holder.lastSplit + 1, to: at, child: holder.child });
  holder.lastSplit = at;
  holder.child = undefined;
}

/** Of a list or object that ends at `end`; undefined when it is short. */
function nodeOf(
  closed: Open,
  text: string,
  end: number,
  pieceLength: number,
): JsonNode | undefined {
  const { start } = closed;
  if (closed.segments.length === 0 && end - start <= pieceLength) return undefined;
  const isList = text.charCodeAt(start) === openList;
  if (isList !== (text.charCodeAt(end) === closeList))
    throw new SyntaxError('A bracket of another kind.');
  endSegment(closed, end);
  return { start, end, isList, segments: closed.segments };
}

/** Gives a long entry a segment of its own: what stands before it has one, too. */
function standAlone(holder: Open | undefined, child: JsonNode): void {
  if (holder === undefined) return;
  if (holder.lastComma > holder.lastSplit) endSegment(holder, holder.lastComma);
  holder.child = child;
}

/** Where the text that begins at `start` has its closing quote. */
function endOfText(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  if (end === -1) throw new SyntaxError('A quote is missing.');
  return end;
}

function isEscaped(text: string, at: number): boolean {
  if (text.charCodeAt(at - 1) !== backslash) return false;
  let before = at - 2;
  while (text.charCodeAt(before) === backslash) before -= 1;
  return (at - before) % 2 === 0;
}
