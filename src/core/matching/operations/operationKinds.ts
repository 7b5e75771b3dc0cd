/**
 * What the spans of one row of figures have in common. Spans that count are those that answer a request; a server's
 * and NestJS's are kept apart because one request has both and errors differ (NestJS marks 4xx as errors, the server
 * span only 5xx). Texts that aren't known are empty.
 */
export type OperationKey =
  HttpKey | RpcKey | NestKey | GraphqlKey | MessagingKey | ProxyKey | OtherKey;

interface NamedKey {
  readonly service: string;
  /** Span name. */
  readonly name: string;
}

/** SERVER spans. */
export interface HttpKey extends NamedKey {
  readonly kind: 'http';
  /** In upper case. */
  readonly method: string;
  /** `http.route`: `/api/orders/:id`. */
  readonly route: string;
  /** Where neither route nor controller is known: the shape of the path, `/orders/*`. */
  readonly path: string;
  /** Of servers that name their handlers: see `NestKey`. */
  readonly controller: string;
  readonly callback: string;
}

/** SERVER spans of gRPC. */
export interface RpcKey extends NamedKey {
  readonly kind: 'rpc';
  /** Without the package: `Invoices/FindOne`. */
  readonly rpc: string;
}

/** Request spans of NestJS. */
export interface NestKey extends NamedKey {
  readonly kind: 'nest';
  readonly method: string;
  readonly route: string;
  /** `nestjs.controller`: the runtime class. */
  readonly controller: string;
  /** `nestjs.callback`: the method name. */
  readonly callback: string;
}

/** Operations and fields of GraphQL. */
export interface GraphqlKey extends NamedKey {
  readonly kind: 'graphql';
  /** Type that has the fields: `Query`. */
  readonly parent: string;
  readonly fields: readonly string[];
}

/** Messages that a CONSUMER span handles. */
export interface MessagingKey extends NamedKey {
  readonly kind: 'messaging';
  /** `messaging.system`. */
  readonly system: string;
  /** Topic or queue. */
  readonly destination: string;
  /** Of RabbitMQ: whether it was published to the exchange that every queue is bound to. */
  readonly exchange: 'default' | 'named' | '';
  /** Of RabbitMQ. */
  readonly routingKey: string;
  /** Of Bull and BullMQ. */
  readonly job: string;
  /** The sender waits for an answer. */
  readonly isRequest: boolean;
}

/** SERVER spans of a proxy: what answers its requests is behind it. */
export interface ProxyKey extends NamedKey {
  readonly kind: 'proxy';
  /** In upper case. */
  readonly method: string;
}

/** Other entry spans: roots, and CONSUMERs that say no more. */
export interface OtherKey extends NamedKey {
  readonly kind: 'other';
}

type SelectorOf<Key extends OperationKey> = Key extends unknown
  ? Pick<Key, 'kind' | 'service' | 'name'> & Partial<Key>
  : never;

/** Names the spans of rows of figures: a key, of which nothing that is empty, false or left out is asked for. */
export type OperationSelector = SelectorOf<OperationKey>;

/** Which spans of a request are counted: one request may have spans of several. */
export type Layer = 'server' | 'nest' | 'graphql' | 'proxy' | 'other';

export function layerOf({ kind }: Pick<OperationKey, 'kind'>): Layer {
  switch (kind) {
    case 'http':
    case 'rpc':
      return 'server';
    case 'messaging':
      return 'other';
    case 'nest':
    case 'graphql':
    case 'proxy':
    case 'other':
      return kind;
  }
}

/** Equal for equal keys, and for no others. */
export const keyText = (key: OperationKey): string => JSON.stringify(partsOf(key));

function partsOf(key: OperationKey): readonly unknown[] {
  const { kind, service, name } = key;
  switch (kind) {
    case 'http': {
      const { method, route, path, controller, callback } = key;
      return [kind, service, name, method, route, path, controller, callback];
    }
    case 'rpc':
      return [kind, service, name, key.rpc];
    case 'nest':
      return [kind, service, name, key.method, key.route, key.controller, key.callback];
    case 'graphql':
      return [kind, service, name, key.parent, key.fields];
    case 'messaging': {
      const { system, destination, exchange, routingKey, job, isRequest } = key;
      return [kind, service, name, system, destination, exchange, routingKey, job, isRequest];
    }
    case 'proxy':
      return [kind, service, name, key.method];
    case 'other':
      return [kind, service, name];
  }
}
