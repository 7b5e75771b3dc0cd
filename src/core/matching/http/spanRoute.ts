import { decodedPart } from './routeFit.ts';

/**
 * `http.route` as a router has it: without the method that some write before it, the host of a whole URL and a query.
 */
export function cleanRoute(route: string): string {
  if (route === '' || (route.startsWith('/') && !route.includes('='))) return route;
  return (
    route
      .replace(/^[A-Z]+ (?=\/|[a-z]+:)/, '')
      .replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/, '')
      .replace(/[?][\w.[\]%-]+=.*$/, '') || '/'
  );
}

/**
 * The route of a request whose path is known. Instrumentations note the last layer that ran: where the route is only
 * the start of the path, as of a middleware or router mounted there, it gets `/*`, for what answered isn't known; where
 * it fits neither the path nor its end, as `/` of requests that nobody answered, it is none.
 */
export function routeOfPath(route: string, path: string): string {
  if (route === '' || /[*{(?+\\^]/.test(route)) return route;
  const words = route.split('/').filter(Boolean);
  const parts = (path.split(/[?#]/, 1)[0] ?? '').split('/').filter(Boolean);
  const fitsFrom = (start: number) => words.every((word, at) => isLike(word, parts[start + at]));
  const more = parts.length - words.length;
  if (more === 0 && fitsFrom(0)) return route;
  if (more > 0 && fitsFrom(0)) return `/${[...words, '*'].join('/')}`;
  return more > 0 && fitsFrom(more) ? route : '';
}

function isLike(word: string, part: string | undefined): boolean {
  if (part === undefined) return false;
  if (word.includes(':') || word.toLowerCase() === part.toLowerCase()) return true;
  return part.includes('%') && word.toLowerCase() === decodedPart(part).toLowerCase();
}

/** `/api/orders` of `/api/api/orders`, where a mount's path is joined twice; undefined: nothing is there twice. */
export function withoutRepeatedMount(route: string): string | undefined {
  const words = route.split('/').filter(Boolean);
  for (let length = Math.floor(words.length / 2); length > 0; length--) {
    const start = words.slice(0, length);
    const isTwice = start.every((word, at) => word === words[length + at]);
    if (isTwice) return `/${words.slice(length).join('/')}`;
  }
  return undefined;
}

/** `/rest/*`: it stands for every path that begins so, not for a handler's alone. */
export const isOpenRoute = (route: string): boolean => /(?:\*\w*\}?|\(\.[*+]\))\/?$/.test(route);

/** A regular expression, as Express writes routes that were given as one. */
export const isExpressionRoute = (route: string): boolean => /[\\^]|\(\?/.test(route);
