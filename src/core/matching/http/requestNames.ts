import { boundedName } from '../../trace/boundedName.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import type { HttpKey, NestKey } from '../operations/operationKinds.ts';
import { cleanRoute, routeOfPath } from './spanRoute.ts';

/** What a span, or a row of figures, says of the request it answers; empty text: not known. */
export interface RequestNames {
  readonly service: string;
  /** Upper case. */
  readonly method: string;
  /** `http.route`. */
  readonly route: string;
  /** `url.path`, `http.target`, or a whole URL: the concrete path, perhaps with a query. */
  readonly path: string;
  /** `nestjs.controller`: the runtime class. */
  readonly controller: string;
  /** `nestjs.callback`: the method's name. */
  readonly callback: string;
  /** It was answered with a 404. */
  readonly isNotFound: boolean;
}

/** What a span says of its request, as it says it. */
export function requestNames({ attributes, resource }: RawSpan): RequestNames {
  const found = {
    method: '',
    sent: '',
    route: '',
    path: '',
    url: '',
    controller: '',
    callback: '',
  };
  let status = 0;
  for (const { key, value } of attributes) {
    const name = places.get(key);
    if (name === undefined) continue;
    if (name === 'status') status = Number(value);
    else if (typeof value === 'string') found[name] ||= value;
  }
  const { method, sent, route, path, url, controller, callback } = found;
  return {
    service: boundedName(resource.service),
    // Stable conventions write `_OTHER` for methods they don't know, and keep what was sent beside it.
    method: boundedName(method === '_OTHER' && sent !== '' ? sent : method).toUpperCase(),
    route: boundedName(route),
    path: path === '' ? url : path,
    controller: boundedName(controller),
    callback: boundedName(callback),
    isNotFound: status === 404,
  };
}

/** Attributes of the stable conventions and of those before. */
type Place = 'method' | 'sent' | 'route' | 'path' | 'url' | 'controller' | 'callback' | 'status';
const places = new Map<string, Place>([
  ['http.request.method', 'method'],
  ['http.method', 'method'],
  ['http.request.method_original', 'sent'],
  ['http.route', 'route'],
  ['url.path', 'path'],
  ['http.target', 'path'],
  ['http.url', 'url'],
  ['url.full', 'url'],
  ['nestjs.controller', 'controller'],
  ['nestjs.callback', 'callback'],
  ['http.response.status_code', 'status'],
  ['http.status_code', 'status'],
]);

/**
 * The same with what can be believed of it: the path without its host, the route as `routeOfPath` tells it. Spans,
 * their figures and the mapping report go by this.
 */
export function believed(names: RequestNames): RequestNames {
  const path = withoutHost(names.path);
  const route = cleanRoute(names.route);
  return { ...names, path, route: path === '' ? route : routeOfPath(route, path) };
}

/** What a row of figures keeps of it: of a path only the shape, where it is all that is known. */
export const namesOfKey = (key: HttpKey | NestKey): RequestNames => ({
  service: key.service,
  method: key.method,
  route: key.route,
  path: key.kind === 'http' ? key.path : '',
  controller: key.controller,
  callback: key.callback,
  isNotFound: false,
});

function withoutHost(url: string): string {
  if (url === '' || url.startsWith('/')) return url;
  return url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '') || '/';
}
