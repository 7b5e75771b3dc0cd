import type { CodeIndex, HttpHandler } from '../../code/model.ts';
import { fitOf, readPath, type Fit, type PathParts } from './routeFit.ts';
import {
  compareSpecificity,
  normalizeRoute,
  parseRoute,
  spellingsOf,
  type RoutePattern,
  type Segment,
} from './routePattern.ts';

interface Entry {
  readonly handler: HttpHandler;
  readonly pattern: RoutePattern;
}

interface Ending extends Entry {
  readonly spellings: readonly string[];
}

/** What is known of a route whose beginning isn't, or may be another; undefined: all of it is known. */
export const endingOf = ({ path, pathComplete, ending }: HttpHandler): string | undefined =>
  pathComplete ? ending : path;

/** Handlers of a route. */
export interface Registered {
  readonly handlers: readonly HttpHandler[];
  /** False: the route has other names of parameters, or another case. */
  readonly isSame: boolean;
}

/** The routes of one project, or of the whole workspace. */
export class RouteTable {
  /** By route as written, by its spelling, and by that without names and case: each knows more than the one before. */
  readonly #written = new Map<string, HttpHandler[]>();
  readonly #spelled = new Map<string, HttpHandler[]>();
  readonly #shaped = new Map<string, HttpHandler[]>();
  /** What is known of handlers whose prefix isn't, or may be another. */
  readonly #endings: Ending[] = [];
  /** By the first word of their route in lower case; under `''` those that begin otherwise. */
  readonly #entries = new Map<string, Entry[]>();

  constructor(handlers: readonly HttpHandler[]) {
    for (const handler of handlers) {
      const ending = endingOf(handler);
      if (ending !== undefined && ending !== '/') {
        const pattern = parseRoute(ending);
        this.#endings.push({ handler, pattern, spellings: spellingsOf(pattern, true) });
      }
      if (!handler.pathComplete) continue;
      const route = normalizeRoute(handler.path);
      const pattern = parseRoute(route);
      add(this.#written, route, handler);
      add(this.#spelled, spellingsOf(pattern, true).join(), handler);
      add(this.#shaped, spellingsOf(pattern, false).join(), handler);
      for (const word of firstWords(pattern)) add(this.#entries, word, { handler, pattern });
    }
  }

  /** Handlers registered under that route, however it is written; undefined: none. */
  withRoute(route: string, method: string): Registered | undefined {
    const whole = normalizeRoute(route);
    const found = (handlers: readonly HttpHandler[] | undefined, isSame: boolean) => {
      const suited = forMethod(handlers ?? [], method);
      return suited.length > 0 ? { handlers: suited, isSame } : undefined;
    };
    const written = found(this.#written.get(whole), true);
    if (written !== undefined) return written;
    const pattern = parseRoute(whole);
    return (
      found(this.#spelled.get(spellingsOf(pattern, true).join()), true) ??
      found(this.#shaped.get(spellingsOf(pattern, false).join()), false)
    );
  }

  /** Handlers of which only the end of the route is known, where `route` ends so: the longest ends. */
  endingLike(route: string, method: string): readonly HttpHandler[] {
    if (this.#endings.length === 0) return [];
    const wholes = spellingsOf(parseRoute(normalizeRoute(route)), true);
    const lengthOf = ({ spellings }: Ending) =>
      Math.max(
        0,
        ...spellings.map((end) => (wholes.some((one) => one.endsWith(end)) ? end.length : 0)),
      );
    const fitting = this.#endings.flatMap((entry) => {
      const length = isOnlyRest(entry.pattern) ? 0 : lengthOf(entry);
      return length > 0 ? [{ handler: entry.handler, length }] : [];
    });
    const suited = new Set(
      forMethod(
        fitting.map(({ handler }) => handler),
        method,
      ),
    );
    const ending = fitting.filter(({ handler }) => suited.has(handler));
    const longest = Math.max(...ending.map(({ length }) => length));
    return ending.filter(({ length }) => length === longest).map(({ handler }) => handler);
  }

  /**
   * Handlers whose route fits a request's path, by what is known of their router: the one that answers, or several
   * alike.
   * @param isTolerant whatever the router's rules say: case, and slashes at the end or doubled, don't count.
   */
  fitting(path: string, method: string, isTolerant = false): readonly HttpHandler[] {
    const parts = readPath(path);
    const words = new Set(['', ...firstPartsOf(parts)]);
    const near = [...words].flatMap((word) => this.#entries.get(word) ?? []);
    return answering(fitsOf(near, parts, isTolerant), method);
  }

  /** Handlers of which only the end of the route is known, where the path's end fits: the longest ends. */
  endingFitting(path: string, method: string): readonly HttpHandler[] {
    const { raw } = readPath(path);
    const parts = raw.filter(Boolean);
    const ends = this.#endings.filter(({ pattern }) => pattern.every(hasWord));
    for (let start = 0; start < Math.min(parts.length, longestPrefix + 1); start += 1) {
      const end = readPath(`/${parts.slice(start).join('/')}`);
      const found = answering(fitsOf(ends, end, false), method);
      if (found.length > 0) return found;
    }
    return [];
  }
}

/** In segments: `api/v1/shop`. */
const longestPrefix = 3;

/** `/:id` fits the end of everything. */
const hasWord = (segments: readonly Segment[]) =>
  segments.some((segment) => segment.kind === 'word' && segment.text !== '');

const isOnlyRest = (pattern: RoutePattern) =>
  pattern.every((segments) => segments.every(({ kind }) => kind === 'rest'));

function firstWords(pattern: RoutePattern): ReadonlySet<string> {
  return new Set(pattern.map(([first]) => (first?.kind === 'word' ? first.folded : '')));
}

const firstPartsOf = ({ raw, decoded }: PathParts) =>
  [raw, decoded].map((parts) => (parts.find(Boolean) ?? '').toLowerCase());

interface Fitting extends Entry, Fit {}

function fitsOf(
  entries: readonly Entry[],
  parts: PathParts,
  isTolerant: boolean,
): readonly Fitting[] {
  return entries.flatMap((entry) => {
    const fit = fitOf(parts, entry.pattern, isTolerant ? undefined : entry.handler.router);
    return fit === undefined ? [] : [{ ...entry, ...fit }];
  });
}

/** Of handlers that fit a path those that answer it, by the rules of their router. */
function answering(fitting: readonly Fitting[], method: string): readonly HttpHandler[] {
  const suited = fitting
    .filter(({ handler }) => rankOf(handler, method) < noMethod)
    .toSorted((a, b) => compareFits(a, b) || rankOf(a.handler, method) - rankOf(b.handler, method));
  const [first] = suited;
  if (first === undefined) return [];
  const rank = rankOf(first.handler, method);
  const alike = suited.filter(
    (one) => compareFits(one, first) === 0 && rankOf(one.handler, method) === rank,
  );
  const handlersOf = (found: readonly Fitting[]) => found.map(({ handler }) => handler);
  return firstDeclared(handlersOf(alike), handlersOf(suited));
}

/** Negative for the one that fits more closely: a word in another case is less than in its own. */
const compareFits = (a: Fitting, b: Fitting) =>
  compareSpecificity(a.segments, b.segments) || a.otherCase - b.otherCase;

/**
 * Where the router goes by the order of registration: of the first one's class only the method declared first of all
 * that could answer. The order of classes isn't known.
 */
function firstDeclared(
  alike: readonly HttpHandler[],
  suited: readonly HttpHandler[],
): readonly HttpHandler[] {
  const [best] = alike;
  if (best?.router?.inOrder !== true) return alike;
  const [first = best] = suited
    .filter((other) => isOfSameClass(other, best))
    .toSorted(byDeclaration);
  if (!alike.includes(first)) return [first];
  return [first, ...alike.filter((other) => !isOfSameClass(other, best))];
}

const isOfSameClass = (a: HttpHandler, b: HttpHandler) =>
  a.controller === b.controller && a.project === b.project;

/** A class's own methods before those it inherits, as NestJS registers them. */
function byDeclaration(a: HttpHandler, b: HttpHandler): number {
  const inherited = ({ controller, declaredIn }: HttpHandler) => Number(controller !== declaredIn);
  return inherited(a) - inherited(b) || a.firstLine - b.firstLine;
}

const noMethod = 3;

/**
 * How closely a handler is for a method: its own; HEAD of a GET, which routers answer alike; `@All`.
 * `noMethod`: it isn't.
 */
function rankOf({ method }: HttpHandler, asked: string): number {
  if (asked === '' || method === asked) return 0;
  if (method === 'GET' && asked === 'HEAD') return 1;
  return method === 'ALL' ? 2 : noMethod;
}

/** Of handlers of one route those that answer the method. */
function forMethod(handlers: readonly HttpHandler[], method: string): readonly HttpHandler[] {
  if (method === '') return handlers;
  const suited = handlers.filter((handler) => rankOf(handler, method) < noMethod);
  const best = Math.min(...suited.map((handler) => rankOf(handler, method)));
  const found = suited.filter((handler) => rankOf(handler, method) === best);
  return firstDeclared(found, suited);
}

function add<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const members = groups.get(key);
  if (members === undefined) groups.set(key, [item]);
  else members.push(item);
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
