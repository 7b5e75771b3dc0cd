import { message } from '../../base/message.ts';
import type { CodeIndex, HttpHandler } from '../../code/model.ts';
import type { SpanMatch } from '../match.ts';
import { handlerMatch, unmapped } from '../handlerMatch.ts';
import { handlerKey, lookupsOf } from '../lookups.ts';
import { namedHandlers } from '../attributes/namedHandler.ts';
import { matchByAddress } from './requestAddress.ts';
import { believed, type RequestNames } from './requestNames.ts';
import { normalizeRoute } from './routePattern.ts';
import { endingOf, routeTable } from './routeTable.ts';
import { elsewhere, inAnotherLanguage, type ServicePlace } from '../servicePlace.ts';

/** The handler that answers a request: by its class and method, else by its route, else by its path. */
export function matchRequest(
  asked: RequestNames,
  place: ServicePlace,
  index: CodeIndex,
): SpanMatch {
  const names = believed(asked);
  const unread = inAnotherLanguage(names.service, place, index);
  if (unread !== undefined) return unread;
  if (names.controller !== '' && names.callback !== '') return matchByName(names, place, index);
  return matchByAddress(names, place, index);
}

/** Step 2 of the ladder: NestJS names the class that ran and its method. */
function matchByName(names: RequestNames, place: ServicePlace, index: CodeIndex): SpanMatch {
  const symbol = handlerKey(names.controller, names.callback);
  const all = lookupsOf(index).handlersByName.get(symbol) ?? [];
  if (all.length === 0) {
    const named = namedHandlers(index, names.controller, names.callback);
    const written = named.filter(({ methodId }) => methodId !== '');
    if (written.length > 0) return matchNamed(written, names, place);
    const renamed = matchRenamed(names, symbol, place, index);
    if (renamed !== undefined) return renamed;
    if (named.length > 0) return matchNamed(named, names, place);
    const cause = place.project === undefined ? 'unknownFolder' : 'noHandler';
    return unmapped(cause, message("{0} wasn't found in the workspace.", symbol));
  }
  const own = all.filter(({ project }) => project === place.project?.id);
  const handlers = narrow(own.length > 0 ? own : all, names);
  const reason = message('Handler recorded by NestJS: {0}.', symbol);
  if (own.length > 0) return handlerMatch(handlers, 'strong', reason);
  return handlerMatch(handlers, 'likely', `${reason} ${elsewhere(names.service, place)}`);
}

/** What NestJS runs is a handler, whatever decorator made it one: a method, or a class to which a decorator adds it. */
function matchNamed(
  all: readonly HttpHandler[],
  { controller, callback, service }: RequestNames,
  place: ServicePlace,
): SpanMatch {
  const own = all.filter(({ project }) => project === place.project?.id);
  const symbol = handlerKey(controller, callback);
  const isWritten = all[0]?.methodId !== '';
  const reason = isWritten
    ? message('Handler recorded by NestJS: {0}.', symbol)
    : message(
        "Class of the handler recorded by NestJS, {0}; the method isn't in the code and may come from a decorator or package.",
        symbol,
      );
  if (own.length > 0) return handlerMatch(own, isWritten ? 'strong' : 'likely', reason);
  const where = `${reason} ${elsewhere(service, place)}`;
  return handlerMatch(all, isWritten ? 'likely' : 'weak', where);
}

/** A decorator that wraps a method may leave its name behind: then the class still has the route. */
function matchRenamed(
  { controller, method, route }: RequestNames,
  symbol: string,
  { project }: ServicePlace,
  index: CodeIndex,
): SpanMatch | undefined {
  if (project === undefined || route === '') return undefined;
  const registered = routeTable(index, project.id).withRoute(route, method);
  const handlers = (registered?.handlers ?? []).filter((one) => one.controller === controller);
  if (handlers.length === 0) return undefined;
  const shown = `${method} ${route}`.trim();
  const reason = message(
    'Found by route {1} in the class that NestJS recorded; a decorator renamed the method to {0}.',
    symbol,
    shown,
  );
  return handlerMatch(handlers, 'strong', reason);
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
