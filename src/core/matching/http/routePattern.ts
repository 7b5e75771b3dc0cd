import { readAlternatives, type Constraint, type Piece } from './routeSyntax.ts';

/** One part of a route between slashes. */
export type Segment =
  | { readonly kind: 'word'; readonly text: string; readonly folded: string }
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly constraint: Constraint | undefined;
    }
  /** Words and parameters: `:name.json`, `:from-:to`. */
  | { readonly kind: 'mixed'; readonly pieces: readonly Piece[] }
  /** Anything from here on, slashes too; `least` characters of it. */
  | {
      readonly kind: 'rest';
      readonly before: string;
      readonly after: string;
      readonly least: 0 | 1;
    };

/** A route with each of its optional parts there or not. */
export type RoutePattern = readonly (readonly Segment[])[];

/** `/api/orders/:id` from however a framework writes it: no slash at the end, none double. */
export function normalizeRoute(route: string): string {
  return `/${route.split('/').filter(Boolean).join('/')}`;
}

/** The pattern of a route in the words of any router: see `readAlternatives`. */
export function parseRoute(route: string): RoutePattern {
  return readAlternatives(route).map(segmentsOf);
}

/**
 * What two spellings of one route have in common: `/rest/*`, `/rest/(.*)` and `/rest/{*path}` are `/rest/*`,
 * `/orders/:id?` and `/orders{/:id}` are the same, `/orders/:id(\\d+)` is `/orders/:id`.
 * @param names false: without the parameters' names, and all in lower case.
 */
export function spellingsOf(pattern: RoutePattern, names: boolean): readonly string[] {
  const spellings = pattern.map((segments) => {
    const parts = segments.filter((segment) => segment.kind !== 'word' || segment.text !== '');
    const text = `/${parts.map((segment) => spelling(segment, names)).join('/')}`;
    return names ? text : text.toLowerCase();
  });
  // `/rest/{*path}` may be `/rest/`, and so may `/rest/*`.
  const isOfRest = (text: string) => spellings.includes(`${text === '/' ? '' : text}/*`);
  return [...new Set(spellings)].filter((text) => !isOfRest(text)).sort();
}

function spelling(segment: Segment, names: boolean): string {
  switch (segment.kind) {
    case 'word':
      return segment.text;
    case 'parameter':
      return names ? `:${segment.name}` : ':';
    case 'mixed':
      return segment.pieces
        .map((piece) =>
          piece.kind === 'parameter' ? `:${names ? piece.name : ''}` : textOf(piece),
        )
        .join('');
    case 'rest':
      return `${segment.before}*${segment.after}`;
  }
}

const textOf = (piece: Piece) => (piece.kind === 'text' ? piece.text : '*');

function segmentsOf(pieces: readonly Piece[]): readonly Segment[] {
  const parts: Piece[][] = [[]];
  for (const piece of pieces) {
    if (piece.kind !== 'text') {
      parts.at(-1)?.push(piece);
      continue;
    }
    for (const [at, text] of piece.text.split('/').entries()) {
      if (at > 0) parts.push([]);
      if (text !== '') parts.at(-1)?.push({ kind: 'text', text });
    }
  }
  // The first is what stands before the first slash: nothing.
  return parts.slice(1).map(segmentOf);
}

function segmentOf(pieces: readonly Piece[]): Segment {
  const [first] = pieces;
  if (first === undefined) return { kind: 'word', text: '', folded: '' };
  const rest = pieces.find((piece) => piece.kind === 'rest');
  if (rest !== undefined) {
    const at = pieces.indexOf(rest);
    const last = pieces.at(-1);
    const before = at > 0 && first.kind === 'text' ? first.text : '';
    const after = at < pieces.length - 1 && last?.kind === 'text' ? last.text : '';
    return { kind: 'rest', before, after, least: rest.least };
  }
  if (pieces.length > 1) return { kind: 'mixed', pieces };
  if (first.kind === 'text')
    return { kind: 'word', text: first.text, folded: first.text.toLowerCase() };
  return first.kind === 'parameter' ? first : { kind: 'mixed', pieces };
}

/** How special a part is: the routers that don't go by the order of registration go by this. */
function rankOf(segment: Segment): number {
  if (segment.kind === 'word') return 0;
  if (segment.kind === 'mixed') return 1;
  if (segment.kind === 'rest') return 4;
  return segment.constraint === undefined ? 3 : 2;
}

/** Negative when `a` is the more specific: words before parameters before the rest, from the left. */
export function compareSpecificity(a: readonly Segment[], b: readonly Segment[]): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const first = a[at];
    const second = b[at];
    if (first === undefined || second === undefined) break;
    const difference = rankOf(first) - rankOf(second);
    if (difference !== 0) return difference;
  }
  return b.length - a.length;
}
