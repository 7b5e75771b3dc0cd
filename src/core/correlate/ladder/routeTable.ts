import type { CodeIndex, HttpHandler } from '../../code/model.ts';
import {
  compareSpecificity,
  fitsRoute,
  normalizeRoute,
  parseRoute,
  type RoutePattern,
} from './routePattern.ts';

interface Entry {
  readonly handler: HttpHandler;
  readonly route: string;
  readonly pattern: RoutePattern;
}

/** What is known of a route whose beginning isn't, or may be another; undefined: all of it is known. */
export const endingOf = ({ path, pathComplete, ending }: HttpHandler): string | undefined =>
  pathComplete ? ending : path;

function routeOf(path: string): Omit<Entry, 'handler'> {
  const route = normalizeRoute(path);
  return { route, pattern: parseRoute(route) };
}

/** The routes of one project, or of the whole workspace. */
export class RouteTable {
  readonly #byRoute = new Map<string, HttpHandler[]>();
  /** What is known of handlers whose prefix isn't, or may be another. */
  readonly #endings: Entry[] = [];
  readonly #entries: Entry[] = [];

  constructor(handlers: readonly HttpHandler[]) {
    for (const handler of handlers) {
      const ending = endingOf(handler);
      if (ending !== undefined && ending !== '/')
        this.#endings.push({ handler, ...routeOf(ending) });
      if (!handler.pathComplete) continue;
      const { route, pattern } = routeOf(handler.path);
      this.#byRoute.set(route, [...(this.#byRoute.get(route) ?? []), handler]);
      this.#entries.push({ handler, route, pattern });
    }
  }

  /** Handlers registered under that very route; those for the method before those for all. */
  withRoute(route: string, method: string): readonly HttpHandler[] {
    return forMethod(this.#byRoute.get(normalizeRoute(route)) ?? [], method);
  }

  /** Handlers of which only the end of the route is known, where `route` ends so: the longest ends. */
  endingLike(route: string, method: string): readonly HttpHandler[] {
    const whole = normalizeRoute(route);
    const ending = suiting(
      this.#endings.filter((entry) => whole.endsWith(entry.route)),
      method,
    );
    const longest = Math.max(...ending.map((entry) => entry.route.length));
    return ending.filter((entry) => entry.route.length === longest).map(({ handler }) => handler);
  }

  /** Handlers whose route fits a request's path: the most specific ones. */
  fitting(path: string, method: string): readonly HttpHandler[] {
    return mostSpecific(
      this.#entries.filter(({ pattern }) => fitsRoute(path, pattern)),
      method,
    );
  }

  /** Handlers of which only the end of the route is known, where the path's end fits: the longest ends. */
  endingFitting(path: string, method: string): readonly HttpHandler[] {
    const parts = path.split('/').filter(Boolean);
    for (let start = 0; start < Math.min(parts.length, longestPrefix + 1); start += 1) {
      const end = `/${parts.slice(start).join('/')}`;
      const found = mostSpecific(
        this.#endings.filter(({ pattern }) => hasWord(pattern) && fitsRoute(end, pattern)),
        method,
      );
      if (found.length > 0) return found;
    }
    return [];
  }
}

/** In segments: `api/v1/shop`. */
const longestPrefix = 3;

/** `/:id` fits the end of everything. */
const hasWord = (pattern: RoutePattern) => pattern.some(({ kind }) => kind === 'word');

function mostSpecific(fitting: readonly Entry[], method: string): readonly HttpHandler[] {
  const entries = suiting(fitting, method).toSorted((a, b) =>
    compareSpecificity(a.pattern, b.pattern),
  );
  const [first] = entries;
  if (first === undefined) return [];
  return entries
    .filter(({ pattern }) => compareSpecificity(pattern, first.pattern) === 0)
    .map(({ handler }) => handler);
}

function suiting(entries: readonly Entry[], method: string): readonly Entry[] {
  const suited = new Set(
    forMethod(
      entries.map(({ handler }) => handler),
      method,
    ),
  );
  return entries.filter(({ handler }) => suited.has(handler));
}
/** Express answers HEAD with the handler for GET; `@All` answers what no other handler does. */
function forMethod(handlers: readonly HttpHandler[], method: string): readonly HttpHandler[] {
  if (method === '') return handlers;
  const of = (wanted: string) => handlers.filter((handler) => handler.method === wanted);
  const exact = of(method);
  if (exact.length > 0) return exact;
  const standIn = method === 'HEAD' ? of('GET') : [];
  return standIn.length > 0 ? standIn : of('ALL');
}

const tables = new WeakMap<CodeIndex, Map<string, RouteTable>>();

/** @param project id of the project; undefined: the whole workspace. */
export function routeTable(index: CodeIndex, project: string | undefined): RouteTable {
  const ofIndex = tables.get(index) ?? new Map<string, RouteTable>();
  tables.set(index, ofIndex);
  const key = project ?? '';
  const known = ofIndex.get(key);
  if (known !== undefined) return known;
  const table = new RouteTable(
    index.handlers.filter(
      (handler): handler is HttpHandler =>
        handler.kind === 'http' && (project === undefined || handler.project === project),
    ),
  );
  ofIndex.set(key, table);
  return table;
}
