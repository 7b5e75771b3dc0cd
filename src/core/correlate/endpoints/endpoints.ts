import { message } from '../../base/message.ts';
import type { CodeIndex, Handler } from '../../code/model.ts';
import type { CodeLocation } from '../../code/location.ts';
import type { FiguresAnswer } from '../../ports.ts';
import type { Figures, OperationFigures } from '../figures/figures.ts';
import { consumedBy } from '../../matching/messages/messageOperation.ts';
import { handlerById, isNamedOnly } from '../../matching/attributes/namedHandler.ts';
import { isMatch, type Match, type SpanMatch } from '../../matching/match.ts';
import { certainHandler, matchKey } from '../../matching/operations/matchKey.ts';
import { mergeFigures } from '../figures/mergeFigures.ts';
import {
  addressOf,
  isPathOnly,
  isRequestKey,
  isResolved,
} from '../../matching/operations/operationKey.ts';
import {
  keyText,
  layerOf,
  type HttpKey,
  type Layer,
  type NestKey,
  type OperationKey,
} from '../../matching/operations/operationKinds.ts';
import type { ServiceFolders } from '../../matching/serviceFolders.ts';

/** One line of the Endpoints view: a handler, or an operation without one. */
export interface EndpointRow {
  /** Stable across refreshes. */
  readonly id: string;
  readonly service: string;
  readonly handler: Handler | undefined;
  /** Of a row without handler: where the source of a Go service registers the route. */
  readonly location?: CodeLocation;
  /** What to call it when there is no handler; of a handler the operation with the most requests. */
  readonly key: OperationKey | undefined;
  /** Every operation whose figures these are: for finding its traces. */
  readonly keys: readonly OperationKey[];
  /** Undefined: no request in the window. */
  readonly figures: Figures | undefined;
  /** Why it has no handler, or how sure the mapping is. */
  readonly reason: string;
}

interface Found {
  readonly operation: OperationFigures;
  readonly match: SpanMatch;
}

/**
 * Handlers with their figures, then handlers without requests, then operations that have no handler.
 * Messages count for the handler that listens to their topic or queue. A request counts once: the server's spans are taken where they cover at least half of what NestJS saw,
 * else NestJS's.
 *
 * @param source label of the source, for the figures.
 */
export function endpointRows(
  answer: FiguresAnswer,
  index: CodeIndex,
  services: ServiceFolders,
  source: string,
): readonly EndpointRow[] {
  const found = taught(
    answer.operations
      .filter(({ key }) => layerOf(key) !== 'other' || isHandled(key))
      .map((operation) => ({ operation, match: matchKey(operation.key, index, services) })),
  );
  const byHandler = new Map<string, Found[]>();
  const without: Found[] = [];
  const isKnown = ({ operation }: Found) =>
    services.get(operation.key.service)?.project !== undefined;
  // Services of known folders first: a gateway in front has the same routes, and the same requests.
  for (const one of found.toSorted((a, b) => Number(isKnown(b)) - Number(isKnown(a)))) {
    const handlerId = certainHandler(one.match, one.operation.key);
    const others = handlerId === undefined ? undefined : byHandler.get(handlerId);
    if (handlerId === undefined || (!isKnown(one) && others?.some(isKnown))) without.push(one);
    else if (others === undefined) byHandler.set(handlerId, [one]);
    else others.push(one);
  }
  const figuresOf = (of: readonly OperationFigures[]) => mergeFigures(of, answer, source);
  const noRequest = {
    key: undefined,
    keys: [],
    figures: undefined,
    reason: message('Not called in this time range.'),
  };
  const graphql = new Set(
    found.flatMap(({ operation: { key } }) => (key.kind === 'graphql' ? [key.service] : [])),
  );
  const rowOf = (handler: Handler) => {
    const service = serviceOf(handler, services, index);
    const row = { ...noRequest, id: `handler ${handler.id}`, service, handler };
    const asked = byHandler.get(handler.id);
    return asked ? { ...row, ...requestsOf(asked, figuresOf) } : row;
  };
  return [
    ...index.handlers.map(rowOf),
    ...[...byHandler].flatMap(([id, asked]) => {
      const handler = handlerById(index, id);
      return handler && isNamedOnly(handler) ? [rowOf(routed(handler, asked))] : [];
    }),
    ...byOperation(countedOnce(without, found)).map((of) => unmappedRow(of, figuresOf, graphql)),
  ];
}

/**
 * NestJS's spans name the class and method that ran: the server spans with the route of such a span are its requests
 * too, whatever the code says of the route by now. Where one route led to several handlers (before and after a change,
 * or by version), server spans can't tell them apart and are left out if NestJS's cover at least half of them.
 */
function taught(found: readonly Found[]): readonly Found[] {
  const routes = new Map<string, Found[]>();
  for (const one of found) {
    const { key } = one.operation;
    if (key.kind !== 'nest' || key.route === '') continue;
    if (certainHandler(one.match, key) === undefined) continue;
    const others = routes.get(routeKey(key));
    if (others === undefined) routes.set(routeKey(key), [one]);
    else others.push(one);
  }
  if (routes.size === 0) return found;
  return found.flatMap((one) => {
    const { key } = one.operation;
    const named = key.kind === 'http' ? routes.get(routeKey(key)) : undefined;
    const [first] = named ?? [];
    if (named === undefined || first === undefined) return [one];
    const handlers = new Set(named.map(({ match }) => handlerIdOf(match)));
    if (handlers.size > 1) return total(named) * 2 >= countOf(one) ? [] : [one];
    return handlers.has(handlerIdOf(one.match)) ? [one] : [{ ...one, match: first.match }];
  });
}

const handlerIdOf = (match: SpanMatch) => (isMatch(match) ? match.handlerId : undefined);

/** With the route of its busiest operation that has one. */
function routed(handler: Handler, asked: readonly Found[]): Handler {
  const [busiest] = asked
    .toSorted((a, b) => countOf(b) - countOf(a))
    .map(({ operation }) => operation.key)
    .filter(isRequestKey)
    .filter(({ route }) => route !== '');
  if (busiest === undefined || handler.kind !== 'http') return handler;
  const { method, route } = busiest;
  return { ...handler, method, path: route, pathComplete: true };
}

const routeKey = ({ service, method, route }: RequestKey) =>
  JSON.stringify([service, method, route]);

/** A message that something took. */
const isHandled = (key: OperationKey) =>
  key.kind === 'messaging' || consumedBy(key.name) !== undefined;

type RequestKey = HttpKey | NestKey;

type FiguresOf = (operations: readonly OperationFigures[]) => Figures | undefined;

/** What a row says of the requests that reached its handler. */
function requestsOf(
  found: readonly Found[],
  figuresOf: FiguresOf,
): Pick<EndpointRow, 'key' | 'keys' | 'figures'> & Partial<EndpointRow> {
  const counted = oneLayer(found);
  const [busiest] = counted.toSorted((a, b) => countOf(b) - countOf(a));
  return {
    ...(busiest && { service: busiest.operation.key.service, reason: busiest.match.reason }),
    key: busiest?.operation.key,
    keys: counted.map(({ operation }) => operation.key),
    figures: figuresOf(counted.map(({ operation }) => operation)),
  };
}

const countOf = ({ operation }: Found) => operation.durations.count;

/**
 * A request has a server span and a NestJS span, and is in both layers; a field of GraphQL may have its own span
 * and that of the operation; a message has its consumer's.
 */
function oneLayer(found: readonly Found[]): readonly Found[] {
  const ofLayer = (layer: Layer) =>
    found.filter(({ operation }) => layerOf(operation.key) === layer);
  const consumed = ofLayer('other');
  if (consumed.length === found.length) return consumed;
  const graphql = ofLayer('graphql');
  if (graphql.length > 0) {
    const resolved = graphql.filter(({ operation }) => isResolved(operation.key));
    const asked = graphql.filter(({ operation }) => !isResolved(operation.key));
    return total(resolved) * 2 >= total(asked) ? resolved : asked;
  }
  const server = ofLayer('server');
  const nest = ofLayer('nest');
  return total(server) * 2 >= total(nest) ? server : nest;
}

const total = (found: readonly Found[]) => found.reduce((sum, one) => sum + countOf(one), 0);

/** The service that runs the handler's folder, else the name of its package. */
function serviceOf({ project }: Handler, services: ServiceFolders, index: CodeIndex): string {
  for (const finding of services.values()) {
    if (finding.project?.id === project) return finding.service;
  }
  return index.projects.find(({ id }) => id === project)?.name ?? '';
}

/**
 * Without the operations that other rows show already: a NestJS span whose server span is listed, and
 * server spans without a route of which NestJS's spans tell the most.
 */
function countedOnce(without: readonly Found[], all: readonly Found[]): readonly Found[] {
  const routes = new Set<string>();
  const nestCounts = new Map<string, number>();
  const routedCounts = new Map<string, number>();
  const unroutedCounts = new Map<string, number>();
  for (const one of all) {
    const { key } = one.operation;
    if (!isRequestKey(key) && key.kind !== 'rpc') continue;
    if (key.kind === 'http' && key.route !== '') routes.add(routeKey(key));
    const ofServer = isRouted(key) ? routedCounts : unroutedCounts;
    const counts = key.kind === 'nest' ? nestCounts : ofServer;
    counts.set(methodKey(key), (counts.get(methodKey(key)) ?? 0) + countOf(one));
  }
  return without.filter((one) => {
    const { key } = one.operation;
    if (layerOf(key) === 'other' || isResolved(key)) return false;
    if (key.kind === 'graphql' || key.kind === 'proxy') return true;
    if (key.kind === 'nest') return key.route === '' || !routes.has(routeKey(key));
    if (isRouted(key)) return true;
    const known = (nestCounts.get(methodKey(key)) ?? 0) - (routedCounts.get(methodKey(key)) ?? 0);
    return known * 2 < (unroutedCounts.get(methodKey(key)) ?? 0);
  });
}

/** Of requests without a route the busiest paths have a row each. */
const mostPaths = 20;

/** Operations that share a row: the less busy paths of a service's method. */
function byOperation(without: readonly Found[]): readonly (readonly Found[])[] {
  const paths = new Map<string, Found[]>();
  for (const one of without) {
    const { key } = one.operation;
    if (!isPathOnly(key)) continue;
    const others = paths.get(methodKey(key));
    if (others === undefined) paths.set(methodKey(key), [one]);
    else others.push(one);
  }
  const rest = [...paths.values()].map((of) =>
    of.toSorted((a, b) => countOf(b) - countOf(a)).slice(mostPaths),
  );
  const isRest = new Set(rest.flat());
  return [
    ...without.filter((one) => !isRest.has(one)).map((one) => [one]),
    ...rest.filter((of) => of.length > 0),
  ];
}

const isRouted = (key: OperationKey) => isRequestKey(key) && key.route !== '';

const methodKey = (key: OperationKey) =>
  JSON.stringify([key.service, isRequestKey(key) ? key.method : '']);

/**
 * @param found one operation, or those that share the row.
 * @param graphql services that answer GraphQL's operations.
 */
function unmappedRow(
  found: readonly Found[],
  figuresOf: FiguresOf,
  graphql: ReadonlySet<string>,
): EndpointRow {
  const [first, ...others] = found as readonly [Found, ...Found[]];
  const own = first.operation.key;
  const key = others.length > 0 && own.kind === 'http' ? { ...own, path: '/…' } : own;
  return {
    id: `operation ${keyText(key)}${others.length === 0 ? '' : ' others'}`,
    service: key.service,
    handler: undefined,
    ...(others.length === 0 && lineOf(first.match)),
    key,
    keys: found.map(({ operation }) => operation.key),
    figures: figuresOf(found.map(({ operation }) => operation)),
    reason:
      others.length === 0
        ? whyUnmapped(first, graphql)
        : message('Requests of {0} other paths, without a route.', found.length),
  };
}

/** Of code that is no handler's, unless it is a guess. */
const lineOf = (match: SpanMatch): Pick<EndpointRow, 'location'> | false =>
  isMatch(match) &&
  match.handlerId === undefined &&
  match.confidence !== 'weak' && { location: match.location };

function whyUnmapped({ operation: { key }, match }: Found, graphql: ReadonlySet<string>): string {
  if (isGraphqlRoute(key, graphql))
    return message('GraphQL endpoint; its operations are listed under their resolvers.');
  return isMatch(match) ? whyNotTheHandler(match, key) : match.reason;
}

function isGraphqlRoute(key: OperationKey, graphql: ReadonlySet<string>): boolean {
  if (key.kind !== 'http' || !graphql.has(key.service)) return false;
  const address = addressOf(key);
  return address === '' ? key.name === key.method : address.endsWith('/graphql');
}

function whyNotTheHandler(
  { symbol, alternatives, reason, confidence, handlerId }: Match,
  key: OperationKey,
): string {
  const isGuess = isPathOnly(key) && confidence === 'weak' && alternatives.length === 0;
  if (key.kind === 'graphql' || isGuess || handlerId === undefined) return reason;
  return alternatives.length > 0
    ? message(
        'Matches {0} and {1} more; the metrics may belong to any of them.',
        symbol,
        alternatives.length,
      )
    : message('{0} has this route, but no folder was found for service {1}.', symbol, key.service);
}
