import { message } from '../../base/message.ts';
import type { CodeIndex, HttpHandler } from '../../code/model.ts';
import type { SpanMatch } from '../match.ts';
import { handlerMatch, unmapped } from '../handlerMatch.ts';
import type { RequestNames } from './requestNames.ts';
import { routeTable } from './routeTable.ts';
import { elsewhere, type ServicePlace } from '../servicePlace.ts';
import { isExpressionRoute, isOpenRoute, withoutRepeatedMount } from './spanRoute.ts';

/** Step 3 of the ladder: the handler with the request's route, else with one that its path fits. */
export function matchByAddress(
  names: RequestNames,
  place: ServicePlace,
  index: CodeIndex,
): SpanMatch {
  if (names.route !== '') return matchByRoute(names, place, index);
  if (names.path !== '') return matchByPath(names, place, index);
  return unmapped('unnamedRequest', message("This request's span has neither a route nor a path."));
}

function matchByRoute(names: RequestNames, place: ServicePlace, index: CodeIndex): SpanMatch {
  const { method, route, path, service } = names;
  const shown = `${method} ${route}`.trim();
  const table = routeTable(index, place.project?.id);
  const found = table.withRoute(route, method);
  if (found !== undefined) {
    if (place.project === undefined) {
      const reason = message('Route {0}. No folder found for service {1}.', shown, service);
      return handlerMatch(found.handlers, 'likely', reason);
    }
    if (found.isSame)
      return handlerMatch(found.handlers, 'strong', message('Route {0} of {1}.', shown, service));
    const reason = message('Route {0} differs only in parameter names or case.', shown);
    return handlerMatch(found.handlers, 'likely', reason);
  }
  if (place.project === undefined) {
    return unmapped(
      'unknownFolder',
      message('No handler has route {0}. {1}', shown, place.evidence).trim(),
    );
  }
  const ending = table.endingLike(route, method);
  if (ending.length > 0) {
    const reason = message("Route {0} ends like this handler's.", shown);
    return handlerMatch(ending, 'likely', `${reason} ${unknownPrefix(ending)}`);
  }
  const once = withoutRepeatedMount(route);
  const repeated = once === undefined ? undefined : table.withRoute(once, method);
  if (repeated?.isSame === true) {
    const reason = message('Route {0} has the prefix of this route twice.', shown);
    return handlerMatch(repeated.handlers, 'likely', reason);
  }
  const isOpen = isOpenRoute(route);
  if (path !== '' && (isOpen || isExpressionRoute(route))) {
    const fitting = table.fitting(path, method);
    if (fitting.length > 0) {
      const reason = message('Several handlers share route {0}; the path matches this one.', shown);
      return handlerMatch(fitting, 'likely', reason);
    }
  }
  if (isOpen) return openRoute(names, shown);
  return unmapped('undeclaredRoute', message('No handler in {0} has route {1}.', service, shown));
}

/** `/static/*`: what is mounted there isn't a handler of the code. */
function openRoute({ isNotFound }: RequestNames, shown: string): SpanMatch {
  const reason = message(
    'No handler has route {0}; a middleware, a package or static files may have responded.',
    shown,
  );
  return unmapped(isNotFound ? 'undeclaredRoute' : 'framework', reason);
}

const unknownPrefix = ([handler]: readonly HttpHandler[]) =>
  handler?.pathComplete === true
    ? message('In code it is {0}; its prefix is set at run time.', handler.path)
    : message('The start of the route is unknown.');

/** Without a route: the concrete path against all routes. */
function matchByPath(names: RequestNames, place: ServicePlace, index: CodeIndex): SpanMatch {
  const { method, service } = names;
  const path = names.path.split('?', 1)[0] ?? '';
  const shown = `${method} ${path}`.trim();
  if (place.project === undefined && place.language !== 'nodejs') {
    return unmapped(
      'unknownFolder',
      message('Only the path {0} is known. No folder found for service {1}.', shown, service),
    );
  }
  const table = routeTable(index, place.project?.id);
  const handlers = table.fitting(path, method);
  if (handlers.length > 0) {
    const reason = message('Matched by path {0}; the span has no route.', shown);
    return place.project === undefined
      ? handlerMatch(handlers, 'weak', `${reason} ${elsewhere(service, place)}`)
      : handlerMatch(handlers, 'likely', reason);
  }
  if (place.project === undefined)
    return unmapped('unknownFolder', message('No route matches {0}.', shown));
  const ending = table.endingFitting(path, method);
  if (ending.length > 0) {
    const reason = message('Matched by the end of path {0}; the span has no route.', shown);
    return handlerMatch(ending, 'weak', `${reason} ${unknownPrefix(ending)}`);
  }
  // What the router answered with a 404 it didn't take for this route.
  const alike = names.isNotFound ? [] : table.fitting(path, method, true);
  if (alike.length > 0) {
    const reason = message(
      'Path {0} matches except for case or slashes, which matter here; the span has no route.',
      shown,
    );
    return handlerMatch(alike, 'weak', reason);
  }
  if (method === 'OPTIONS' && table.fitting(path, '').length > 0) {
    return unmapped(
      'framework',
      message('No handler for {0}; CORS or the framework responds.', shown),
    );
  }
  return unmapped('undeclaredRoute', message('No route matches {0}.', shown));
}
