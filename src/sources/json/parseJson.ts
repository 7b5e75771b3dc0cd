import { layOut, type JsonNode } from './layOut.ts';

export interface JsonLimits {
  /** Lists, objects and commas: what is parsed takes up to a hundred times the room of its text. */
  readonly mostValues: number;
  /** Called every few milliseconds; what it throws ends the parsing. */
  readonly checkTime: () => void;
  /** Characters parsed at once. */
  readonly pieceLength?: number;
}

const usualPieceLength = 250_000;

/**
 * As `JSON.parse`, within limits: text with too many values is refused before any is made, and long text is
 * parsed piece by piece, so that somebody looks at the clock in between.
 * @throws TooManyValues, SyntaxError, or what `checkTime` throws
 */
export function parseJson(text: string, limits: JsonLimits): unknown {
  const { mostValues, checkTime, pieceLength = usualPieceLength } = limits;
  const root = layOut(text, mostValues, pieceLength);
  checkTime();
  if (root === undefined) return JSON.parse(text);
  expectBlank(text, 0, root.start);
  expectBlank(text, root.end + 1, text.length);
  return valueOf(text, root, checkTime);
}

/** Recursive, a few levels at most: what is deeper is not laid out. */
function valueOf(text: string, node: JsonNode, checkTime: () => void): unknown {
  return node.isList ? listOf(text, node, checkTime) : objectOf(text, node, checkTime);
}

function listOf(text: string, node: JsonNode, checkTime: () => void): unknown[] {
  const list: unknown[] = [];
  for (const { from, to, child } of node.segments) {
    checkTime();
    if (child) {
      expectBlank(text, from, child.start);
      expectBlank(text, child.end + 1, to);
      list.push(valueOf(text, child, checkTime));
    } else {
      const piece = JSON.parse(`[${pieceOf(text, from, to, node)}]`) as readonly unknown[];
      for (const one of piece) list.push(one);
    }
  }
  return list;
}

function objectOf(text: string, node: JsonNode, checkTime: () => void): object {
  const object: Record<string, unknown> = {};
  for (const { from, to, child } of node.segments) {
    checkTime();
    if (child) {
      expectBlank(text, child.end + 1, to);
      set(object, keyIn(text.slice(from, child.start)), valueOf(text, child, checkTime));
    } else {
      const piece = JSON.parse(`{${pieceOf(text, from, to, node)}}`) as Record<string, unknown>;
      for (const key of Object.keys(piece)) set(object, key, piece[key]);
    }
  }
  return object;
}

/** What stands between two commas must not be nothing; JSON.parse sees only one side of them. */
function pieceOf(text: string, from: number, to: number, { segments }: JsonNode): string {
  const piece = text.slice(from, to);
  if (segments.length > 1 && isBlank(piece)) throw new SyntaxError('A comma too many.');
  return piece;
}

/** `"key":` before a value. */
function keyIn(text: string): string {
  const colon = text.lastIndexOf(':');
  expectBlank(text, colon + 1, text.length);
  const key: unknown = JSON.parse(text.slice(0, colon));
  if (typeof key !== 'string') throw new SyntaxError('No key.');
  return key;
}

/** As JSON.parse does it: a key named `__proto__` is a key. */
function set(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  else object[key] = value;
}

function expectBlank(text: string, from: number, to: number): void {
  if (!isBlank(text.slice(from, to))) throw new SyntaxError('Something that is no value.');
}

/** JSON's own white space; other signs of it are none there. */
const isBlank = (text: string): boolean => /^[ \t\n\r]*$/.test(text);
