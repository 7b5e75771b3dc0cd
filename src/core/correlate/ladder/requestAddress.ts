import { message } from '../../base/message.ts';
import type { CodeIndex, HttpHandler } from '../../code/model.ts';
import type { SpanMatch } from '../match.ts';
import { handlerMatch, unmapped } from './handlerMatch.ts';
import type { RequestNames } from './requestNames.ts';
import { routeTable } from './routeTable.ts';
import { elsewhere, type ServicePlace } from './servicePlace.ts';
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
      const reason = message(
        'The route is {0}; which folder {1} runs is not known.',
        shown,
        service,
      );
      return handlerMatch(found.handlers, 'likely', reason);
    }
    if (found.isSame)
      return handlerMatch(
        found.handlers,
        'strong',
        message('The route is {0} of {1}.', shown, service),
      );
    const reason = message('The route {0} differs from this one only in names or case.', shown);
    return handlerMatch(found.handlers, 'likely', reason);
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
  const once = withoutRepeatedMount(route);
  const repeated = once === undefined ? undefined : table.withRoute(once, method);
  if (repeated?.isSame === true) {
    const reason = message('The route {0} has the start of this one twice.', shown);
    return handlerMatch(repeated.handlers, 'likely', reason);
  }
  const isOpen = isOpenRoute(route);
  if (path !== '' && (isOpen || isExpressionRoute(route))) {
    const fitting = table.fitting(path, method);
    if (fitting.length > 0) {
      const reason = message(
        'The route {0} is not that of one handler alone; the path fits this one.',
        shown,
      );
      return handlerMatch(fitting, 'likely', reason);
    }
  }
  if (isOpen) return openRoute(names, shown);
  return unmapped(
    'undeclaredRoute',
    message('No handler of {0} was found with the route {1}.', service, shown),
  );
}

/** `/static/*`: what is mounted there isn't a handler of the code. */
function openRoute({ isNotFound }: RequestNames, shown: string): SpanMatch {
  const reason = message(
    'The route {0} stands for many paths, and no handler was found with it: a middleware, a package or files may have answered.',
    shown,
  );
  return unmapped(isNotFound ? 'undeclaredRoute' : 'framework', reason);
}

const unknownPrefix = ([handler]: readonly HttpHandler[]) =>
  handler?.pathComplete === true
    ? message('The code has {0}, and takes the prefix from its surroundings.', handler.path)
    : message('The beginning the code does not tell.');

/** Without a route: the concrete path against all routes. */
function matchByPath(names: RequestNames, place: ServicePlace, index: CodeIndex): SpanMatch {
  const { method, service } = names;
  const path = names.path.split('?', 1)[0] ?? '';
  const shown = `${method} ${path}`.trim();
  if (place.project === undefined && place.language !== 'nodejs') {
    return unmapped(
      'unknownFolder',
      message('Only the path {0} is known, and not which folder {1} runs.', shown, service),
    );
  }
  const table = routeTable(index, place.project?.id);
  const handlers = table.fitting(path, method);
  if (handlers.length > 0) {
    const reason = message('The span has no route; its path {0} fits this one.', shown);
    return place.project === undefined
      ? handlerMatch(handlers, 'weak', `${reason} ${elsewhere(service, place)}`)
      : handlerMatch(handlers, 'likely', reason);
  }
  if (place.project === undefined)
    return unmapped('unknownFolder', message('No route here fits {0}.', shown));
  const ending = table.endingFitting(path, method);
  if (ending.length > 0) {
    const reason = message('The span has no route; its path {0} ends like this one.', shown);
    return handlerMatch(ending, 'weak', `${reason} ${unknownPrefix(ending)}`);
  }
  // What the router answered with a 404 it didn't take for this route.
  const alike = names.isNotFound ? [] : table.fitting(path, method, true);
  if (alike.length > 0) {
    const reason = message(
      'The span has no route; its path {0} fits this one but for case or slashes, which count here.',
      shown,
    );
    return handlerMatch(alike, 'weak', reason);
  }
  if (method === 'OPTIONS' && table.fitting(path, '').length > 0) {
    return unmapped(
      'framework',
      message('No handler was found for {0}: CORS or the framework answers it.', shown),
    );
  }
  return unmapped('undeclaredRoute', message('No route was found here that fits {0}.', shown));
}
