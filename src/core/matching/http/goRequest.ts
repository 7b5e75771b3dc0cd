import { message } from '../../base/message.ts';
import type { GoRoute, GoService } from '../../code/go/goServices.ts';
import type { SpanMatch } from '../match.ts';
import { unmapped } from '../handlerMatch.ts';

/** What a Go span, or a row of figures, says of the request it answers; empty text: not known. */
export interface GoRequest {
  readonly service: string;
  /** Name of the span: some instrumentations put the route there alone. */
  readonly name: string;
  /** Upper case. */
  readonly method: string;
  /** `http.route`. */
  readonly route: string;
  /** Concrete, perhaps with a query. */
  readonly path: string;
}

const maxAlternatives = 5;

/**
 * The line where the service's source registers the route of a request: by the route that the span has, else the route
 * that fits its path best. `likely` at most: the source is searched, not understood.
 */
export function matchGoRequest(request: GoRequest, { project, routes }: GoService): SpanMatch {
  const { service, method } = request;
  const route = request.route || routeInName(request.name);
  const path = pathOf(request.path);
  const asked = `${method} ${route || path}`.trim();
  if (route === '' && path === '')
    return unmapped('unnamedRequest', message('The span has no route or path.'));
  const ofMethod = routes.filter(
    (one) => one.method === '' || method === '' || one.method === method,
  );
  const found = route === '' ? fitting(path, ofMethod) : registered(route, ofMethod);
  const [first, ...others] = found;
  if (first === undefined)
    return unmapped(
      'undeclaredRoute',
      message('No route in the Go code of {0} matches {1}.', service, asked),
    );
  const isSure = others.length === 0 && first.isWhole;
  return {
    location: first.location,
    symbol: symbolOf(first),
    confidence: isSure ? 'likely' : 'weak',
    reason: [
      route === ''
        ? message('Found by its path in the Go code of {0}.', project.name)
        : message('Found by its route in the Go code of {0}.', project.name),
      ...(first.isWhole ? [] : [message('A prefix may be missing.')]),
      ...(others.length === 0 ? [] : [message('Other matching routes: {0}.', others.length)]),
    ].join(' '),
    alternatives: others
      .slice(0, maxAlternatives)
      .map((one) => ({ location: one.location, symbol: symbolOf(one) })),
    handlerId: undefined,
    callId: undefined,
  };
}

const symbolOf = ({ method, path }: GoRoute): string => `${method} ${path}`.trim();

/** `/users/:id` of otelgin's and otelfiber's `/users/:id`, and of `GET /users/:id`. */
const routeInName = (name: string): string =>
  /^(?:(?:HTTP )?[A-Z]+ )?(\/\S*)$/.exec(name)?.[1] ?? '';

const pathOf = (path: string): string =>
  path.replace(/^https?:\/\/[^/]*/, '').replace(/[?#].*$/s, '');

/** Those with that route: as a whole before those whose beginning isn't known. */
function registered(route: string, routes: readonly GoRoute[]): readonly GoRoute[] {
  const wanted = shapeOf(route).join('/');
  const same = routes.filter((one) => shapeOf(one.path).join('/') === wanted);
  const whole = same.filter(({ isWhole }) => isWhole);
  if (whole.length > 0) return whole;
  if (same.length > 0) return same;
  return routes.filter(({ path, isWhole }) => {
    const end = shapeOf(path).join('/');
    return !isWhole && end !== '' && wanted.endsWith(`/${end}`);
  });
}

/** Those that fit the path with the most words of their own. */
function fitting(path: string, routes: readonly GoRoute[]): readonly GoRoute[] {
  const parts = partsOf(path);
  let best: readonly GoRoute[] = [];
  let most = -1;
  for (const route of routes) {
    const shape = shapeOf(route.path);
    if (!fits(parts, shape, route)) continue;
    const words =
      shape.filter((part) => part !== any && part !== rest).length + Number(route.isWhole) / 2;
    if (words > most) best = [route];
    else if (words === most) best = [...best, route];
    most = Math.max(most, words);
  }
  return best;
}

function fits(parts: readonly string[], shape: readonly string[], route: GoRoute): boolean {
  const hasRest = shape.at(-1) === rest;
  // net/http's `/rates/` is everything below.
  const isOpen = hasRest || (route.path.endsWith('/') && shape.length > 0);
  const fixed = hasRest ? shape.slice(0, -1) : shape;
  const missing = parts.length - fixed.length;
  if (missing < 0 || (route.isWhole && !isOpen && missing > 0)) return false;
  // An end alone says little: it must have a word of its own.
  if (!route.isWhole && !fixed.some((part) => part !== any)) return false;
  const start = route.isWhole || isOpen ? 0 : missing;
  return fixed.every((part, at) => part === any || part === parts[start + at]);
}

const any = '{}';
const rest = '{*}';

/** Its parts, parameters all alike: `:id`, `{id}`, `{id:[0-9]+}`; `*` and `{path...}` take the rest. */
function shapeOf(path: string): readonly string[] {
  const parts = partsOf(path).filter((part) => part !== '{$}');
  return parts.map((part) => {
    if (/^[*+]|\.\.\.\}$/.test(part)) return rest;
    return /^:|^\{.*\}$/.test(part) ? any : part;
  });
}

const partsOf = (path: string): readonly string[] => path.split('/').filter((part) => part !== '');
