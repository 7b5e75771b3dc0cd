/** One part of a route between slashes: a word, a parameter, or anything from here on. */
type Segment =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'parameter'; readonly optional: boolean }
  | { readonly kind: 'rest' };

export type RoutePattern = readonly Segment[];

/** `/api/orders/:id` from however a framework writes it: no slash at the end, none double. */
export function normalizeRoute(route: string): string {
  return `/${route.split('/').filter(Boolean).join('/')}`;
}

/**
 * The pattern of a route as Express 4, Express 5, Fastify and Nest write it: `:id`, `:id?`, `{/:id}`,
 * `*`, `*path`, `{*path}`, `(.*)`. A part that mixes words and parameters counts as a parameter.
 */
export function parseRoute(route: string): RoutePattern {
  return route
    .replaceAll('{/', '/{')
    .split('/')
    .filter(Boolean)
    .map((part): Segment => {
      if (/^\{?\*|^\(\.\*\)/.test(part)) return { kind: 'rest' };
      if (/[:*({]/.test(part)) return { kind: 'parameter', optional: /\?$|^\{.*\}$/.test(part) };
      return { kind: 'word', text: part };
    });
}

/** Whether a request's path (query and fragment aside) fits the pattern. */
export function fitsRoute(path: string, pattern: RoutePattern): boolean {
  const parts = (path.split(/[?#]/, 1)[0] ?? '').split('/').filter(Boolean);
  let at = 0;
  for (const segment of pattern) {
    if (segment.kind === 'rest') return true;
    const part = parts[at];
    if (part === undefined) {
      if (segment.kind === 'parameter' && segment.optional) continue;
      return false;
    }
    if (segment.kind === 'word' && segment.text !== part) return false;
    at++;
  }
  return at === parts.length;
}

const rank = { word: 0, parameter: 1, rest: 2 } as const;

/** Negative when `a` is the more specific: words before parameters before the rest, from the left. */
export function compareSpecificity(a: RoutePattern, b: RoutePattern): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const first = a[at];
    const second = b[at];
    if (first === undefined || second === undefined) break;
    if (first.kind !== second.kind) return rank[first.kind] - rank[second.kind];
  }
  return b.length - a.length;
}
