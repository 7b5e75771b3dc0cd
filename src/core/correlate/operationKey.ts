import { proxySpanOf } from '../trace/proxySpan.ts';
import { attributeOf, type RawSpan } from '../trace/rawSpan.ts';
import type { OperationKey } from './figures.ts';
import { fieldsOfSpan } from './ladder/graphqlNames.ts';
import { messageNames, someExchange, type MessageNames } from './ladder/messageNames.ts';
import { isHandling } from './ladder/messageOperation.ts';
import { pathShape } from './ladder/pathShape.ts';
import { believed, boundedName, requestNames } from './ladder/requestNames.ts';

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
  const layer = layerOf(span);
  if (layer === undefined) return undefined;
  if (layer === 'other') return messageKeyOf(span);
  const { service, method, route, path, controller, callback } = believed(requestNames(span));
  const isNameless = layer === 'server' && route === '' && controller === '';
  return {
    layer,
    service,
    name: boundedName(span.name),
    method,
    route,
    controller,
    callback: isNameless ? pathShape(path) : callback,
  };
}

/** A proxy answers nothing itself: its requests count by their method, in a row of their own. */
function proxyKeyOf(span: RawSpan): OperationKey {
  const { service, method } = requestNames(span);
  const name = boundedName(span.name);
  return { layer: 'server', service, name, method, route: '', controller: '', callback: '' };
}

/** The shape of a request's path where nothing else is known of it; empty otherwise. */
export const pathOfKey = ({ layer, route, controller, callback }: OperationKey): string =>
  layer === 'server' && route === '' && controller === '' ? callback : '';

/** What to call an operation: method and route, else method and path, else the span's name. Hostile text. */
export function operationName(key: OperationKey): string {
  const address = key.route || pathOfKey(key);
  return key.method !== '' && address !== '' ? `${key.method} ${address}` : key.name;
}

/** Of HTTP, gRPC or NestJS: not of GraphQL's parts or of messages. */
export const isRequestKey = ({ layer }: OperationKey): boolean =>
  layer === 'server' || layer === 'nest';

/** A consumer's span with what it says of the message; of any other root only its name. */
function messageKeyOf(span: RawSpan): OperationKey {
  const names = span.kind === 'consumer' && isHandling(span) ? messageNames(span) : undefined;
  const { system = '', destination = '', routingKey = '', job = '' } = names ?? {};
  return {
    layer: 'other',
    service: boundedName(span.resource.service),
    name: boundedName(span.name),
    method: names?.isRequest === true ? 'REQUEST' : '',
    route: boundedName(routingKey || job),
    controller: boundedName(names && isToDefault(names) ? `${system} default` : system),
    callback: boundedName(destination),
  };
}

/** Of RabbitMQ, to the exchange that every queue is bound to. */
const isToDefault = ({ system, exchange }: MessageNames): boolean =>
  system === 'rabbitmq' && (exchange === '' || exchange === undefined);

/** What `messageKeyOf` kept of the message; undefined: no consumer's key. */
export function messageOf(key: OperationKey): MessageNames | undefined {
  const { controller, callback, route, method } = key;
  if (controller === '') return undefined;
  const system = controller.replace(/ default$/, '');
  const isBull = system === 'bullmq';
  return {
    system,
    destination: callback,
    exchange: controller === system ? someExchange : '',
    routingKey: isBull ? '' : route,
    job: isBull ? route : '',
    isRequest: system === 'rabbitmq' ? method === 'REQUEST' : undefined,
  };
}

function graphqlKeyOf(span: RawSpan): OperationKey | undefined {
  const asked = fieldsOfSpan(span);
  if (asked === undefined || asked.fields.length === 0) return undefined;
  return {
    layer: 'graphql',
    service: boundedName(span.resource.service),
    // A list has a span an element: they are one operation, by the name of the first.
    name: boundedName(span.name.replaceAll(/\.\d+(?=\.|$)/g, '.0')),
    method: '',
    route: '',
    controller: boundedName(asked.parent),
    callback: boundedName(asked.fields.join(',')),
  };
}

/**
 * Whether a span counts as failed in its row of figures: what its instrumentation says, and a 5xx that a
 * server span's instrumentation left without a status. A status of OK is a decision of the application.
 */
export function isErrorFor(span: RawSpan): boolean {
  if (span.status !== 'unset') return span.status === 'error';
  return span.kind === 'server' && statusCodeOf(span) >= 500;
}

function layerOf(span: RawSpan): OperationKey['layer'] | undefined {
  if (span.kind === 'server') return 'server';
  if (attributeOf(span.attributes, 'nestjs.type') === 'request_context') return 'nest';
  return span.kind === 'consumer' || span.parentSpanId === undefined ? 'other' : undefined;
}

function statusCodeOf(span: RawSpan): number {
  return Number(
    attributeOf(span.attributes, 'http.response.status_code') ??
      attributeOf(span.attributes, 'http.status_code') ??
      0,
  );
}
