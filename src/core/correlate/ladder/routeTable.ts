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
  readonly pattern: RoutePattern;
}

/** The routes of one project, or of the whole workspace. */
export class RouteTable {
  readonly #byRoute = new Map<string, HttpHandler[]>();
  readonly #incomplete: HttpHandler[] = [];
  readonly #entries: Entry[] = [];

  constructor(handlers: readonly HttpHandler[]) {
    for (const handler of handlers) {
      if (!handler.pathComplete) {
        this.#incomplete.push(handler);
        continue;
      }
      const route = normalizeRoute(handler.path);
      this.#byRoute.set(route, [...(this.#byRoute.get(route) ?? []), handler]);
      this.#entries.push({ handler, pattern: parseRoute(route) });
    }
  }

  /** Handlers registered under that very route; those for the method before those for all. */
  withRoute(route: string, method: string): readonly HttpHandler[] {
    return forMethod(this.#byRoute.get(normalizeRoute(route)) ?? [], method);
  }

  /** Handlers of which only the end of the route is known, where `route` ends so: the longest ends. */
  endingLike(route: string, method: string): readonly HttpHandler[] {
    const whole = normalizeRoute(route);
    const ending = forMethod(
      this.#incomplete.filter(({ path }) => {
        const end = normalizeRoute(path);
        return end !== '/' && whole.endsWith(end);
      }),
      method,
    );
    const longest = Math.max(...ending.map(({ path }) => normalizeRoute(path).length));
    return ending.filter(({ path }) => normalizeRoute(path).length === longest);
  }

  /** Handlers whose route fits a request's path: the most specific ones. */
  fitting(path: string, method: string): readonly HttpHandler[] {
    const fitting = this.#entries.filter(({ pattern }) => fitsRoute(path, pattern));
    const suited = new Set(
      forMethod(
        fitting.map(({ handler }) => handler),
        method,
      ),
    );
    const entries = fitting
      .filter(({ handler }) => suited.has(handler))
      .sort((a, b) => compareSpecificity(a.pattern, b.pattern));
    const [first] = entries;
    if (first === undefined) return [];
    return entries
      .filter(({ pattern }) => compareSpecificity(pattern, first.pattern) === 0)
      .map(({ handler }) => handler);
  }
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
