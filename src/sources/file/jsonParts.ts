/** A value, or a part that is none: `cut` where it goes on past the end of the text. */
type Found = { readonly value: unknown } | { readonly broken: 'syntax' | 'cut' };

/** A part of a text of JSON. `line`: where it begins, from 1; undefined where it is all of the text. */
export type JsonPart = Found & { readonly line: number | undefined };

/**
 * The JSON values of a text: one, one a line, or several behind one another however they are broken into lines. After
 * a part that is no JSON it goes on at the next line that begins with a bracket. Takes time in proportion to the text,
 * whatever is in it.
 */
export function* jsonParts(text: string): Generator<JsonPart> {
  const whole = parsed(text);
  if (whole) yield { line: undefined, ...whole };
  else yield* new Parts(text).each();
}

class Parts {
  readonly #text: string;
  #at = 0;
  #line = 1;
  /** Characters that may still be looked at for the ends of values that span lines. */
  #budget: number;

  constructor(text: string) {
    this.#text = text;
    this.#budget = 2 * text.length;
  }

  *each(): Generator<JsonPart> {
    for (;;) {
      this.#goTo(skipBlanks(this.#text, this.#at));
      if (this.#at === this.#text.length) return;
      const line = this.#line;
      yield { line, ...this.#next() };
    }
  }

  #next(): Found {
    const lineEnd = endOfLine(this.#text, this.#at);
    const line = parsed(this.#text.slice(this.#at, lineEnd));
    if (line) {
      this.#goTo(lineEnd);
      return line;
    }
    const end = valueEnd(this.#text, this.#at, this.#budget);
    this.#budget -= end.looked;
    const value = end.at === undefined ? undefined : parsed(this.#text.slice(this.#at, end.at));
    if (value && end.at !== undefined) {
      this.#goTo(end.at);
      return value;
    }
    this.#goTo(nextStart(this.#text, lineEnd));
    return { broken: end.isCut ? 'cut' : 'syntax' };
  }

  #goTo(at: number): void {
    for (let from = this.#at; ;) {
      const newline = this.#text.indexOf('\n', from);
      if (newline < 0 || newline >= at) break;
      this.#line += 1;
      from = newline + 1;
    }
    this.#at = at;
  }
}

/** In an object, since `null` is JSON too. */
function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined; // The callers say what that means.
  }
}

/** What may stand between values: white space, commas, and the mark of JSON text sequences (RFC 7464). */
const blanks = /[\s,\x1e]*/y;

function skipBlanks(text: string, from: number): number {
  blanks.lastIndex = from;
  blanks.test(text);
  return blanks.lastIndex;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** The next line that begins with a bracket, without space before it; the end of the text where there is none. */
function nextStart(text: string, from: number): number {
  for (let newline = from; newline < text.length; newline = endOfLine(text, newline + 1)) {
    const first = text[newline + 1];
    if (first === '{' || first === '[') return newline + 1;
  }
  return text.length;
}

interface ValueEnd {
  /** Behind the value; undefined where there is none. */
  readonly at: number | undefined;
  /** The text, or the budget, ends before the value does. */
  readonly isCut: boolean;
  readonly looked: number;
}

/** Finds the bracket that closes the one at `from`; stops early at what no JSON has. */
function valueEnd(text: string, from: number, budget: number): ValueEnd {
  const limit = Math.min(text.length, from + Math.max(0, budget));
  const open: string[] = [];
  let isInString = false;
  let before = '';
  for (let at = from; at < limit; at += 1) {
    const char = text[at] ?? '';
    const broken = { at: undefined, isCut: false, looked: at - from };
    if (isInString) {
      if (char === '\n') return broken;
      if (char === '\\') at += 1;
      else if (char === '"') isInString = false;
      continue;
    }
    if (char === '{' || char === '[') {
      if (!mayOpen(before, open.at(-1))) return broken;
      open.push(char);
    } else if (char === '}' || char === ']') {
      if (open.pop() !== (char === '}' ? '{' : '[')) return broken;
      if (open.length === 0) return { at: at + 1, isCut: false, looked: at - from };
    } else if (open.length === 0) return broken;
    else if (char === '"') isInString = true;
    if (char > ' ') before = char;
  }
  return { at: undefined, isCut: limit === text.length, looked: limit - from };
}

/** A value opens the text, or stands behind a colon, at the beginning of a list, or behind a comma in it. */
const mayOpen = (before: string, open: string | undefined): boolean =>
  open === undefined || before === ':' || (open === '[' && (before === '[' || before === ','));
