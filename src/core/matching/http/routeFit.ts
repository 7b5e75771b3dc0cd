import type { RouterRules } from '../../code/model.ts';
import type { RoutePattern, Segment } from './routePattern.ts';
import type { Piece } from './routeSyntax.ts';

/** A request's path between its slashes, as it came and as Fastify reads it. */
export interface PathParts {
  readonly raw: readonly string[];
  /** The same object as `raw` where nothing is escaped. */
  readonly decoded: readonly string[];
}

/** How a path fits a route. */
export interface Fit {
  /** The alternative of the route that fits. */
  readonly segments: readonly Segment[];
  /** Words that the path has in another case. */
  readonly otherCase: number;
}

/** What is longer fits nothing. */
const longestPath = 4_000;
const mostParts = 200;
const mostRests = 2;

/** The path without query and fragment. */
export function readPath(path: string): PathParts {
  const bare = (path.split(/[?#]/, 1)[0] ?? '').slice(0, longestPath);
  const raw = (bare.startsWith('/') ? bare.slice(1) : bare).split('/', mostParts);
  return { raw, decoded: bare.includes('%') ? raw.map(decodedPart) : raw };
}

/** One part of a path, unescaped where it can be. */
export function decodedPart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * Whether a request's path fits a route by the rules of its router; undefined: it doesn't. Without rules by the most
 * tolerant ones: whatever the case, slashes at the end or doubled, escaped or not.
 */
export function fitOf(
  path: PathParts,
  pattern: RoutePattern,
  rules: RouterRules | undefined,
): Fit | undefined {
  const letterCase = caseOf(rules);
  for (const segments of pattern) {
    if (segments.filter(({ kind }) => kind === 'rest').length > mostRests) continue;
    for (const parts of readingsOf(path, rules)) {
      const otherCase = fitFrom(parts, 0, segments, 0, letterCase);
      if (otherCase !== undefined) return { segments, otherCase };
    }
  }
  return undefined;
}

/** What may be in another case; Fastify compares what parameters are with their own. */
type LetterCase = 'own' | 'anyWord' | 'any';

function caseOf(rules: RouterRules | undefined): LetterCase {
  if (rules?.caseSensitive === true) return 'own';
  return rules?.adapter === 'fastify' ? 'anyWord' : 'any';
}

/** What a router may take a path for: without the slash at its end, or with one for a rest that is empty. */
function readingsOf(
  { raw, decoded: plain }: PathParts,
  rules: RouterRules | undefined,
): readonly (readonly string[])[] {
  if (rules === undefined) {
    const all = plain === raw ? [raw] : [raw, plain];
    return all.flatMap((parts) => {
      const words = parts.filter(Boolean);
      return [words, [...words, '']];
    });
  }
  const own = rules.adapter === 'fastify' ? plain : raw;
  const isEnd = (at: number) => at === own.length - 1;
  const parts = rules.mergesSlashes ? own.filter((part, at) => part !== '' || isEnd(at)) : own;
  const isOpen = !rules.strict && parts.length > 1 && parts.at(-1) === '';
  if (!isOpen) return [parts];
  // Fastify takes the slash off before it looks; Express looks for both.
  const bare = parts.slice(0, -1);
  return rules.adapter === 'fastify' ? [bare] : [parts, bare];
}

/** Words in another case; undefined: it doesn't fit. */
function fitFrom(
  parts: readonly string[],
  start: number,
  segments: readonly Segment[],
  first: number,
  letterCase: LetterCase,
): number | undefined {
  let otherCase = 0;
  let at = start;
  for (let next = first; next < segments.length; next++) {
    const segment = segments[next];
    const part = parts[at];
    if (segment === undefined || part === undefined) return undefined;
    if (segment.kind === 'rest') {
      const behind = fitRest(parts, at, segments, next, letterCase);
      return behind === undefined ? undefined : otherCase + behind;
    }
    const other = fitSegment(part, segment, letterCase);
    if (other === undefined) return undefined;
    otherCase += other;
    at++;
  }
  return at === parts.length ? otherCase : undefined;
}

/** The rest takes as little as lets the remaining segments fit what is behind it. */
function fitRest(
  parts: readonly string[],
  start: number,
  segments: readonly Segment[],
  at: number,
  letterCase: LetterCase,
): number | undefined {
  const isLast = at === segments.length - 1;
  for (let end = isLast ? parts.length : start + 1; end <= parts.length; end++) {
    const text = parts.slice(start, end).join('/');
    if (!isRest(text, segments[at], letterCase)) continue;
    const behind = fitFrom(parts, end, segments, at + 1, letterCase);
    if (behind !== undefined) return behind;
  }
  return undefined;
}

function isRest(text: string, segment: Segment | undefined, letterCase: LetterCase): boolean {
  if (segment?.kind !== 'rest') return false;
  const { before, after, least } = segment;
  const [own = '', start = '', end = ''] = [text, before, after].map((one) =>
    letterCase === 'own' ? one : one.toLowerCase(),
  );
  return (
    own.length >= start.length + end.length + least && own.startsWith(start) && own.endsWith(end)
  );
}

/** 1 for a word in another case; undefined: it doesn't fit. */
function fitSegment(part: string, segment: Segment, letterCase: LetterCase): number | undefined {
  switch (segment.kind) {
    case 'word':
      if (segment.text === part) return 0;
      return letterCase !== 'own' && segment.folded === part.toLowerCase() ? 1 : undefined;
    case 'parameter':
      return part !== '' && isAllowed(part, segment, letterCase) ? 0 : undefined;
    case 'mixed':
      return fitsPieces(part, segment.pieces, letterCase) ? 0 : undefined;
    case 'rest':
      return undefined;
  }
}

type Parameter = Extract<Piece, { kind: 'parameter' }>;

/** Values of parameters are short; a longer one isn't tried. */
const longestValue = 200;

function isAllowed(value: string, { constraint }: Parameter, letterCase: LetterCase): boolean {
  if (constraint === undefined || value.length > longestValue) return true;
  const { test } = constraint;
  return (
    test.test(value) ||
    (letterCase === 'any' && (test.test(value.toLowerCase()) || test.test(value.toUpperCase())))
  );
}

/** Each parameter takes at least one character, and otherwise as little as it can. */
function fitsPieces(part: string, pieces: readonly Piece[], letterCase: LetterCase): boolean {
  const own = letterCase === 'own' ? part : part.toLowerCase();
  let at = 0;
  let open: Parameter | undefined;
  for (const [position, piece] of pieces.entries()) {
    if (piece.kind === 'parameter') {
      // Two without a word between them share what is there.
      if (open !== undefined) at++;
      open = piece;
      continue;
    }
    if (piece.kind !== 'text') return false;
    const text = letterCase === 'own' ? piece.text : piece.text.toLowerCase();
    const isLast = position === pieces.length - 1;
    const found =
      open === undefined ? at : isLast ? own.length - text.length : own.indexOf(text, at + 1);
    if (found < at || !own.startsWith(text, found)) return false;
    if (open !== undefined) {
      const value = part.slice(at, found);
      if (value === '' || !isAllowed(value, open, letterCase)) return false;
      open = undefined;
    }
    at = found + text.length;
  }
  const end = part.slice(at);
  return open === undefined ? end === '' : end !== '' && isAllowed(end, open, letterCase);
}
