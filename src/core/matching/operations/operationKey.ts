import { proxySpanOf } from '../../trace/proxySpan.ts';
import { attributeOf, type RawSpan } from '../../trace/rawSpan.ts';
import { fieldsOfSpan } from '../graphql/graphqlNames.ts';
import { messageNames, someExchange, type MessageNames } from '../messages/messageNames.ts';
import { isHandling } from '../messages/messageOperation.ts';
import { boundedName } from '../../trace/boundedName.ts';
import { pathShape } from '../../trace/pathShape.ts';
import { believed, requestNames } from '../http/requestNames.ts';
import { rpcOfName } from '../messages/rpcNames.ts';
import type {
  GraphqlKey,
  HttpKey,
  MessagingKey,
  NestKey,
  OperationKey,
  OtherKey,
  ProxyKey,
  RpcKey,
} from './operationKinds.ts';

/**
 * The row of figures a span counts in; undefined for spans that don't answer a request.
 * SERVER spans, NestJS's request spans (`nestjs.type` = `request_context`), operations and fields of GraphQL,
 * then CONSUMERs and roots; of a proxy where a request came in.
 */
export function operationKeyOf(span: RawSpan): OperationKey | undefined {
  const graphql = span.scope.includes('graphql') ? graphqlKeyOf(span) : undefined;
  if (graphql !== undefined) return graphql;
  const proxy = proxySpanOf(span);
  if (proxy !== undefined) return proxy.part === 'entry' ? proxyKeyOf(span) : undefined;
  if (span.kind === 'server') return serverKeyOf(span);
  if (attributeOf(span.attributes, 'nestjs.type') === 'request_context') return nestKeyOf(span);
  if (span.kind === 'consumer') return messageKeyOf(span);
  return span.parentSpanId === undefined ? otherKeyOf(span) : undefined;
}

/** Of a server's span whose request is known by nothing else the shape of its path, or its gRPC method. */
function serverKeyOf(span: RawSpan): HttpKey | RpcKey {
  const { service, method, route, path, controller, callback } = believed(requestNames(span));
  const name = boundedName(span.name);
  const isNameless = route === '' && controller === '';
  const shape = isNameless ? pathShape(path) : '';
  const rpc = isNameless && method === '' && shape === '' ? rpcOfName(name) : undefined;
  if (rpc !== undefined) return { kind: 'rpc', service, name, rpc };
  return {
    kind: 'http',
    service,
    name,
    method,
    route,
    path: shape,
    controller,
    callback: isNameless ? '' : callback,
  };
}

function nestKeyOf(span: RawSpan): NestKey {
  const { service, method, route, controller, callback } = believed(requestNames(span));
  return {
    kind: 'nest',
    service,
    name: boundedName(span.name),
    method,
    route,
    controller,
    callback,
  };
}

/** A proxy answers nothing itself: its requests count by their method, in a row of their own. */
function proxyKeyOf(span: RawSpan): ProxyKey {
  const { service, method } = requestNames(span);
  return { kind: 'proxy', service, name: boundedName(span.name), method };
}

/** What to call an operation: method and route, else method and path, else the span's name. Hostile text. */
export function operationName(key: OperationKey): string {
  if (!isRequestKey(key)) return key.name;
  const address = addressOf(key);
  return key.method !== '' && address !== '' ? `${key.method} ${address}` : key.name;
}

/** Route of a request, else the shape of its path; empty: neither is known. */
export const addressOf = (key: HttpKey | NestKey): string =>
  key.route || (key.kind === 'http' ? key.path : '');

/** Of HTTP or NestJS. */
export const isRequestKey = (key: OperationKey): key is HttpKey | NestKey =>
  key.kind === 'http' || key.kind === 'nest';

/** What it is when only the path of the request is known. */
export const isPathOnly = (key: OperationKey): key is HttpKey =>
  key.kind === 'http' && key.path !== '';

const otherKeyOf = (span: RawSpan): OtherKey => ({
  kind: 'other',
  service: boundedName(span.resource.service),
  name: boundedName(span.name),
});

/** A consumer's span with what it says of the message; only its name where that is nothing. */
function messageKeyOf(span: RawSpan): MessagingKey | OtherKey {
  const names = isHandling(span) ? messageNames(span) : undefined;
  if (names === undefined || names.system === '') return otherKeyOf(span);
  return {
    ...otherKeyOf(span),
    kind: 'messaging',
    system: boundedName(names.system),
    destination: boundedName(names.destination),
    exchange: exchangeOf(names),
    routingKey: boundedName(names.routingKey),
    job: boundedName(names.job),
    isRequest: names.isRequest === true,
  };
}

/** Of RabbitMQ: every queue is bound to the default one. */
function exchangeOf({ system, exchange }: MessageNames): MessagingKey['exchange'] {
  if (system !== 'rabbitmq') return '';
  return exchange === '' || exchange === undefined ? 'default' : 'named';
}

/** What `messageKeyOf` kept of the message. */
export const messageOf = (key: MessagingKey): MessageNames => ({
  system: key.system,
  destination: key.destination,
  exchange: key.exchange === 'default' ? '' : someExchange,
  routingKey: key.routingKey,
  job: key.job,
  isRequest: key.system === 'rabbitmq' ? key.isRequest : undefined,
});

function graphqlKeyOf(span: RawSpan): GraphqlKey | undefined {
  const asked = fieldsOfSpan(span);
  if (asked === undefined || asked.fields.length === 0) return undefined;
  return {
    kind: 'graphql',
    service: boundedName(span.resource.service),
    // A list has a span an element: they are one operation, by the name of the first.
    name: boundedName(span.name.replaceAll(/\.\d+(?=\.|$)/g, '.0')),
    parent: boundedName(asked.parent),
    fields: boundedName(asked.fields.join(',')).split(','),
  };
}

/** Of a field, not of an operation. */
export const isResolved = ({ kind, name }: OperationKey): boolean =>
  kind === 'graphql' && name.startsWith('graphql.resolve ');

/**
 * Whether a span counts as failed in its row of figures: what its instrumentation says, and a 5xx that a
 * server span's instrumentation left without a status. A status of OK is a decision of the application.
 */
export function isErrorFor(span: RawSpan): boolean {
  if (span.status !== 'unset') return span.status === 'error';
  return span.kind === 'server' && statusCodeOf(span) >= 500;
}

/** What a request was answered with; 0: not known. */
export function statusCodeOf(span: RawSpan): number {
  return Number(
    attributeOf(span.attributes, 'http.response.status_code') ??
      attributeOf(span.attributes, 'http.status_code') ??
      0,
  );
}
