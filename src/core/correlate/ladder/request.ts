import { message } from '../../base/message.ts';
import type { CodeIndex, HttpHandler, Project } from '../../code/model.ts';
import type { SpanMatch, Unmapped } from '../match.ts';
import { handlerMatch, unmapped } from './handlerMatch.ts';
import { handlerKey, lookupsOf } from './lookups.ts';
import { isJavaScript } from './otherLanguage.ts';
import { fitsRoute, normalizeRoute, parseRoute } from './routePattern.ts';
import { endingOf, routeTable } from './routeTable.ts';

/** What a span, or a row of figures, says of the request it answers; empty text: not known. */
export interface RequestNames {
  readonly service: string;
  /** Upper case. */
  readonly method: string;
  /** `http.route`. */
  readonly route: string;
  /** `url.path`, `http.target`: the concrete path, perhaps with a query. */
  readonly path: string;
  /** `nestjs.controller`: the runtime class. */
  readonly controller: string;
  /** `nestjs.callback`: the method's name. */
  readonly callback: string;
}

/** Where the code of a service is. */
export interface ServicePlace {
  readonly project: Project | undefined;
  /** How that is known, or why it isn't. */
  readonly evidence: string;
  /** `telemetry.sdk.language`; empty when the service doesn't say. */
  readonly language: string;
}

/** The handler that answers a request: by its class and method, else by its route, else by its path. */
export function matchRequest(
  names: RequestNames,
  place: ServicePlace,
  index: CodeIndex,
): SpanMatch {
  const unread = inAnotherLanguage(names.service, place);
  if (unread !== undefined) return unread;
  if (names.controller !== '' && names.callback !== '') return matchByName(names, place, index);
  if (hasUsableRoute(names)) return matchByRoute(names, place, index);
  if (names.path !== '') return matchByPath(names, place, index);
  return unmapped('unnamedRequest', message('The span names neither a route nor a path.'));
}

/** A service of no folder here, and not of Node.js: its spans have no line. */
export function inAnotherLanguage(service: string, place: ServicePlace): Unmapped | undefined {
  if (!isUnread(place)) return undefined;
  return unmapped(
    'otherLanguage',
    message(
      '{0} is written in {1}: its code is not what this index reads.',
      service,
      place.language,
    ),
  );
}

/** Whether a handler here can't be the service's, whatever it is called. */
export const isUnread = ({ project, language }: ServicePlace): boolean =>
  project === undefined && language !== '' && !isJavaScript(language);

/** Step 2 of the ladder: NestJS names the class that ran and its method. */
function matchByName(names: RequestNames, place: ServicePlace, index: CodeIndex): SpanMatch {
  const symbol = handlerKey(names.controller, names.callback);
  const all = lookupsOf(index).handlersByName.get(symbol) ?? [];
  if (all.length === 0) {
    const renamed = matchRenamed(names, symbol, place, index);
    if (renamed !== undefined) return renamed;
    const cause = place.project === undefined ? 'unknownFolder' : 'noHandler';
    return unmapped(cause, message('There is no handler {0} in the workspace.', symbol));
  }
  const own = all.filter(({ project }) => project === place.project?.id);
  const handlers = narrow(own.length > 0 ? own : all, names);
  const reason = message('NestJS named the handler: {0}.', symbol);
  if (own.length > 0) return handlerMatch(handlers, 'strong', reason);
  return handlerMatch(handlers, 'likely', `${reason} ${elsewhere(names.service, place)}`);
}

/** A decorator that wraps a method may leave its name behind: then the class still has the route. */
function matchRenamed(
  { controller, method, route }: RequestNames,
  symbol: string,
  { project }: ServicePlace,
  index: CodeIndex,
): SpanMatch | undefined {
  if (project === undefined || route === '') return undefined;
  const handlers = routeTable(index, project.id)
    .withRoute(route, method)
    .filter((handler) => handler.controller === controller);
  if (handlers.length === 0) return undefined;
  const shown = `${method} ${route}`.trim();
  const reason = message(
    'NestJS calls it {0}, a name a decorator gave it: its class has the route {1}.',
    symbol,
    shown,
  );
  return handlerMatch(handlers, 'strong', reason);
}

/** Says that what fits isn't in the folder of the service. */
export function elsewhere(service: string, place: ServicePlace): string {
  return place.project === undefined
    ? message('Which folder {0} runs is not known.', service)
    : message('It is not in {0}, the folder of {1}.', place.project.root, service);
}

/** Of handlers that share a name, those whose route the request has, where that tells them apart. */
function narrow(
  handlers: readonly HttpHandler[],
  { method, route }: RequestNames,
): readonly HttpHandler[] {
  if (handlers.length < 2 || route === '') return handlers;
  const whole = normalizeRoute(route);
  const equal = handlers.filter(({ path }) => normalizeRoute(path) === whole);
  const ending = handlers.filter((handler) => {
    const end = endingOf(handler);
    return end !== undefined && whole.endsWith(normalizeRoute(end));
  });
  const routed = equal.length > 0 ? equal : ending;
  const exact = routed.filter((handler) => handler.method === method);
  if (exact.length > 0) return exact;
  return routed.length > 0 ? routed : handlers;
}

/** Express 4 gives requests nobody answered the route `/`: a route that doesn't fit the path is none. */
function hasUsableRoute({ route, path }: RequestNames): boolean {
  return route !== '' && (path === '' || fitsRoute(path, parseRoute(normalizeRoute(route))));
}

/** Step 3: the route and method of the request. */
function matchByRoute(names: RequestNames, place: ServicePlace, index: CodeIndex): SpanMatch {
  const { method, route, service } = names;
  const shown = `${method} ${route}`.trim();
  const table = routeTable(index, place.project?.id);
  const handlers = table.withRoute(route, method);
  if (handlers.length > 0) {
    if (place.project === undefined) {
      const reason = message(
        'The route is {0}; which folder {1} runs is not known.',
        shown,
        service,
      );
      return handlerMatch(handlers, 'likely', reason);
    }
    return handlerMatch(handlers, 'strong', message('The route is {0} of {1}.', shown, service));
  }
  if (place.project === undefined) {
    return unmapped(
      'unknownFolder',
      message('No handler here has the route {0}. {1}', shown, place.evidence).trim(),
    );
  }
  const ending = table.endingLike(route, method);
  if (ending.length > 0) {
    const reason = message('The route {0} ends like this handler’s.', shown);
    return handlerMatch(ending, 'likely', `${reason} ${unknownPrefix(ending)}`);
  }
  if (isAnything(route)) {
    return unmapped(
      'framework',
      message('The route {0} fits every path: middleware or static files took the request.', shown),
    );
  }
  return unmapped(
    'undeclaredRoute',
    message('No handler of {0} has the route {1}.', service, shown),
  );
}

const unknownPrefix = ([handler]: readonly HttpHandler[]) =>
  handler?.pathComplete === true
    ? message('The code has {0}, and takes the prefix from its surroundings.', handler.path)
    : message('The beginning the code does not tell.');

/** `/{*any}`, as NestJS registers middleware for every route. */
const isAnything = (route: string) => parseRoute(normalizeRoute(route))[0]?.kind === 'rest';

/** Step 3 without a route: the concrete path against all routes. */
function matchByPath(names: RequestNames, place: ServicePlace, index: CodeIndex): SpanMatch {
  const { method, service } = names;
  const path = names.path.split('?', 1)[0] ?? '';
  const shown = `${method} ${path}`.trim();
  if (place.project === undefined && !isJavaScript(place.language)) {
    return unmapped(
      'unknownFolder',
      message('Only the path {0} is known, and not which folder {1} runs.', shown, service),
    );
  }
  const table = routeTable(index, place.project?.id);
  const handlers = table.fitting(path, method);
  const ending = handlers.length > 0 || !place.project ? [] : table.endingFitting(path, method);
  if (ending.length > 0) {
    const reason = message('The span has no route; its path {0} ends like this one.', shown);
    return handlerMatch(ending, 'weak', `${reason} ${unknownPrefix(ending)}`);
  }
  if (handlers.length === 0) {
    const cause = place.project === undefined ? 'unknownFolder' : 'undeclaredRoute';
    return unmapped(cause, message('No route here fits {0}.', shown));
  }
  const reason = message('The span has no route; its path {0} fits this one.', shown);
  return place.project === undefined
    ? handlerMatch(handlers, 'weak', `${reason} ${elsewhere(service, place)}`)
    : handlerMatch(handlers, 'likely', reason);
}
