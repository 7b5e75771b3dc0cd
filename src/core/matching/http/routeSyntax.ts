/** What a parameter has to be like: `:id(\\d+)`. */
export interface Constraint {
  readonly source: string;
  readonly test: RegExp;
}

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly constraint: Constraint | undefined;
    }
  | { readonly kind: 'rest'; readonly least: 0 | 1 };

type Pieces = readonly Piece[];

interface Reading {
  readonly text: string;
  at: number;
  depth: number;
}

/** Each optional part doubles them. */
const mostAlternatives = 16;
const longestRoute = 1_000;
const deepest = 20;

/**
 * What a route may be, taken apart: once with and once without each optional part. It reads what path-to-regexp of
 * versions 0 (Express 4) to 8 (Express 5), find-my-way (Fastify) and NestJS's decorators write: `:id`, `:id(\\d+)`,
 * `:id?`, `{/:id}`, `:id+`, `*`, `*path`, `{*path}`, `(.*)`, `:path(*)`, `ab(cd)?e`, `::` for a colon.
 * Where the versions differ, what fits more paths counts.
 * @see https://github.com/pillarjs/path-to-regexp#readme
 * @see https://github.com/delvedor/find-my-way#readme
 */
export function readAlternatives(route: string): readonly Pieces[] {
  const bounded = route.slice(0, longestRoute);
  const text = /^(?:\/|\{\/)/.test(bounded) ? bounded : `/${bounded}`;
  return readUntil({ text, at: 0, depth: 0 }, '');
}

function readUntil(reading: Reading, end: string): readonly Pieces[] {
  let found: readonly Pieces[] = [[]];
  while (reading.at < reading.text.length) {
    const char = reading.text[reading.at++] ?? '';
    if (char === end) break;
    found = readOne(reading, char, found);
  }
  return found;
}

function readOne(reading: Reading, char: string, found: readonly Pieces[]): readonly Pieces[] {
  const next = reading.text[reading.at] ?? '';
  if (char === '\\' && next !== '') {
    reading.at++;
    return each(found, (pieces) => withText(pieces, next));
  }
  if (char === ':' && next === ':') {
    reading.at++;
    return each(found, (pieces) => withText(pieces, ':'));
  }
  if (char === ':' && isNamed(reading)) return readParameter(reading, found);
  if (char === '*') {
    const least = isFullRest(reading) ? 0 : 1;
    return each(found, (pieces) => [...pieces, { kind: 'rest', least }]);
  }
  if (char === '{' && reading.depth < deepest) return readGroup(reading, found);
  if (char === '(') return readBrackets(reading, found);
  // NestJS since version 11 takes it for `*path`.
  const isPlus = char === '+' && /^(?:\/|$)/.test(next) && reading.text[reading.at - 2] === '/';
  if (isPlus) return each(found, (pieces) => [...pieces, { kind: 'rest', least: 1 }]);
  if (char === '?') return optional(found, each(found, withoutLastLetter));
  return each(found, (pieces) => withText(pieces, char));
}

/** `/rest/*` may be empty, `/rest/*path` and `/*` before more may not; `ab*cd` is of Express 4. */
function isFullRest(reading: Reading): boolean {
  const { text, at } = reading;
  if (/\w/.test(text[at - 2] ?? '')) return true;
  return nameAt(reading) === '' && text[reading.at] !== '/';
}

const isNamed = ({ text, at }: Reading) => /[\w"]/.test(text[at] ?? '');

/** The name that stands here, also in quotation marks; the reading goes on behind it. */
function nameAt(reading: Reading): string {
  const rest = reading.text.slice(reading.at);
  const [whole = ''] = /^(?:"[^"]*"|\w+)/.exec(rest) ?? [];
  reading.at += whole.length;
  return whole.replaceAll('"', '');
}

function readParameter(reading: Reading, found: readonly Pieces[]): readonly Pieces[] {
  const name = nameAt(reading);
  const source = reading.text[reading.at] === '(' ? bracketsAt(reading) : '';
  const modifier = modifierAt(reading);
  const isRest = /^(?:\.?\*|\.\+)$/.test(source) || modifier === '*' || modifier === '+';
  const piece: Piece = isRest
    ? { kind: 'rest', least: source.endsWith('*') ? 0 : 1 }
    : { kind: 'parameter', name, constraint: source === '' ? undefined : constraintOf(source) };
  const taken = each(found, (pieces) => [...pieces, piece]);
  return modifier === '?' ? optional(taken, each(found, withoutSlash)) : taken;
}

/** `{/:id}` is optional; a modifier behind it changes nothing of that. */
function readGroup(reading: Reading, found: readonly Pieces[]): readonly Pieces[] {
  reading.depth++;
  const inside = readUntil(reading, '}');
  reading.depth--;
  modifierAt(reading);
  return optional(joined(found, inside), found);
}

/** `(.*)`, `(cd)?`, `(a|b)`; anything else in brackets counts as a parameter. */
function readBrackets(reading: Reading, found: readonly Pieces[]): readonly Pieces[] {
  reading.at--;
  const source = bracketsAt(reading);
  const modifier = modifierAt(reading);
  const inside = /^\.?\*$/.test(source)
    ? [[{ kind: 'rest', least: 0 } as const]]
    : /^[\w\-~|/]+$/.test(source)
      ? source.split('|').map((text): Pieces => [{ kind: 'text', text }])
      : [[{ kind: 'parameter', name: '', constraint: constraintOf(source) } as const]];
  const taken = joined(found, inside);
  return modifier === '?' || modifier === '*' ? optional(taken, found) : taken;
}

/** What is between the bracket here and the one that closes it. */
function bracketsAt(reading: Reading): string {
  const start = reading.at + 1;
  let depth = 0;
  for (; reading.at < reading.text.length; reading.at++) {
    const char = reading.text[reading.at];
    if (char === '\\') reading.at++;
    else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) break;
  }
  return reading.text.slice(start, reading.at++);
}

function modifierAt(reading: Reading): string {
  const char = reading.text[reading.at] ?? '';
  if (!/[?*+]/.test(char)) return '';
  reading.at++;
  return char;
}

const each = (found: readonly Pieces[], next: (pieces: Pieces) => Pieces) => found.map(next);

const joined = (starts: readonly Pieces[], ends: readonly Pieces[]) =>
  bounded(starts.flatMap((start) => ends.map((end) => end.reduce(withPiece, start))));

const optional = (taken: readonly Pieces[], left: readonly Pieces[]) =>
  bounded([...taken, ...left]);

const bounded = (found: readonly Pieces[]) => found.slice(0, mostAlternatives);

const withPiece = (pieces: Pieces, piece: Piece): Pieces =>
  piece.kind === 'text' ? withText(pieces, piece.text) : [...pieces, piece];

function withText(pieces: Pieces, text: string): Pieces {
  const last = pieces.at(-1);
  if (last?.kind !== 'text') return [...pieces, { kind: 'text', text }];
  return [...pieces.slice(0, -1), { kind: 'text', text: last.text + text }];
}

/** The slash before an optional parameter is as optional as it. */
const withoutSlash = (pieces: Pieces) => withoutEnd(pieces, /\/$/);
const withoutLastLetter = (pieces: Pieces) => withoutEnd(pieces, /\w$/);

function withoutEnd(pieces: Pieces, end: RegExp): Pieces {
  const last = pieces.at(-1);
  if (last?.kind !== 'text' || !end.test(last.text)) return pieces;
  return [...pieces.slice(0, -1), { kind: 'text', text: last.text.slice(0, -1) }];
}

const longestConstraint = 200;
const atom = /\\[dwsDWS.\-]|\[(?:\\.|[^\]\\])+\]|[\w-]/;
const simple = new RegExp(`^(?:(?:${atom.source})(?:[+*?]|\\{\\d{1,3}(?:,\\d{0,3})?\\})?|\\|)+$`);
const unbounded = /[+*]|\{\d+,\}/g;
const mostUnbounded = 2;

/** Only of simple expressions: others could take for ever on a hostile path. Undefined: any text fits. */
function constraintOf(source: string): Constraint | undefined {
  const bare = source.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  const isSimple =
    bare.length <= longestConstraint &&
    simple.test(bare) &&
    (bare.match(unbounded) ?? []).length <= mostUnbounded;
  if (!isSimple) return undefined;
  try {
    return { source, test: new RegExp(`^(?:${bare})$`) };
  } catch {
    return undefined;
  }
}
