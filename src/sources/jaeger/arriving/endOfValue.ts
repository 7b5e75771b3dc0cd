const quote = 0x22;
const comma = 0x2c;
const openList = 0x5b;
const backslash = 0x5c;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

/** Where a value ends, and how many values it holds: lists, objects and commas. */
export interface ValueEnd {
  readonly end: number;
  readonly values: number;
}

/**
 * Behind the JSON value that begins at `start`; undefined: it isn't all there yet. Looks at brackets and quotes only:
 * whoever parses what is between sees the rest.
 */
export function endOfValue(bytes: Buffer, start: number): ValueEnd | undefined {
  let depth = 0;
  let values = 0;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === quote) {
      at = endOfText(bytes, at) - 1;
      if (at < 0) return undefined;
      if (depth === 0) return { end: at + 1, values };
    } else if (byte === openList || byte === openObject) {
      depth += 1;
      values += 1;
    } else if (byte === comma) {
      if (depth === 0) return { end: at, values };
      values += 1;
    } else if (byte === closeList || byte === closeObject) {
      if (depth === 0) return { end: at, values };
      depth -= 1;
      if (depth === 0) return { end: at + 1, values };
    }
  }
  return undefined;
}

/** Behind the quote that closes the text which begins at `start`; 0: it isn't there yet. */
export function endOfText(bytes: Buffer, start: number): number {
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === backslash) at += 1;
    else if (byte === quote) return at + 1;
  }
  return 0;
}
