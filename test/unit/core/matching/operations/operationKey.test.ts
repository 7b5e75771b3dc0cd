import assert from 'node:assert/strict';
import { epochMicroseconds, microseconds } from '../../../../../src/core/base/units.ts';
import {
  isErrorFor,
  operationKeyOf,
} from '../../../../../src/core/matching/operations/operationKey.ts';
import type { AttributeValue, RawSpan } from '../../../../../src/core/trace/rawSpan.ts';
import { nestKey, routeKey } from '../../../../support/operationKeys.ts';
import { traefikDelete } from '../../../../support/traefik.ts';

function span(
  fields: Partial<Omit<RawSpan, 'attributes'>>,
  attributes: Record<string, AttributeValue> = {},
): RawSpan {
  return {
    traceId: '0'.repeat(31) + '1',
    spanId: '0'.repeat(15) + '1',
    parentSpanId: '0'.repeat(15) + '2',
    name: 'GET /api/orders/:id',
    kind: 'internal',
    start: epochMicroseconds(0),
    duration: microseconds(1),
    status: 'unset',
    statusMessage: '',
    scope: '',
    resource: { service: 'shop-api', attributes: [] },
    events: [],
    links: [],
    warnings: [],
    ...fields,
    attributes: Object.entries(attributes).map(([key, value]) => ({ key, value })),
  };
}

describe('operationKeyOf of GraphQL', () => {
  const scope = '@opentelemetry/instrumentation-graphql';
  const short = (fields: { readonly name: string }, attributes: Record<string, AttributeValue>) => {
    const key = operationKeyOf(span({ scope, ...fields }, attributes));
    return key?.kind === 'graphql'
      ? `${key.kind} ${key.name}: ${key.parent}.${key.fields.join()}`
      : undefined;
  };

  it('names an operation by the fields it asks for, not by its own name', () => {
    const operation = (source: string) =>
      short(
        { name: 'query Q' },
        {
          'graphql.operation.type': 'query',
          'graphql.operation.name': 'Q',
          'graphql.source': source,
        },
      );
    assert.equal(operation('query Q { a: orders { id } }'), 'graphql query Q: Query.orders');
    assert.equal(
      operation('query Q { a b ...F } fragment F on Query { c }'),
      'graphql query Q: Query.a,b,c',
    );
    assert.equal(operation('query Q { __typename }'), undefined);
  });

  it('names a field by its type, and the elements of a list once', () => {
    const field = (path: string) =>
      short(
        { name: `graphql.resolve ${path}` },
        { 'graphql.field.name': 'author', 'graphql.parent.name': 'Book' },
      );
    assert.equal(field('books.17.author'), 'graphql graphql.resolve books.0.author: Book.author');
    assert.equal(field('shelf.3.books.12'), 'graphql graphql.resolve shelf.0.books.0: Book.author');
  });
});

describe('operationKeyOf', () => {
  it('names a server span by method and route, in stable and in old attribute names', () => {
    const expected = routeKey('shop-api', 'GET', '/api/orders/:id');
    for (const name of ['http.request.method', 'http.method']) {
      const attributes = { [name]: 'get', 'http.route': '/api/orders/:id' };
      assert.deepEqual(operationKeyOf(span({ kind: 'server' }, attributes)), expected);
    }
  });

  it('names a NestJS request span by controller and callback, apart from its server span', () => {
    const key = operationKeyOf(
      span(
        { name: 'OrdersController.findOne' },
        {
          'nestjs.type': 'request_context',
          'nestjs.controller': 'OrdersController',
          'nestjs.callback': 'findOne',
          'http.request.method': 'GET',
          'http.route': '/api/orders/:id',
        },
      ),
    );
    const expected = ['GET', '/api/orders/:id', 'OrdersController', 'findOne'] as const;
    assert.deepEqual(key, nestKey('shop-api', ...expected));
  });

  it('leaves out spans inside a request', () => {
    assert.equal(operationKeyOf(span({ kind: 'client' })), undefined);
    assert.equal(operationKeyOf(span({}, { 'nestjs.type': 'handler' })), undefined);
  });

  it('counts consumers and roots as other entries', () => {
    assert.equal(operationKeyOf(span({ kind: 'consumer' }))?.kind, 'other');
    assert.equal(operationKeyOf(span({ parentSpanId: undefined }))?.kind, 'other');
  });

  it('prefers the method as it was sent over _OTHER', () => {
    const attributes = { 'http.request.method': '_OTHER', 'http.request.method_original': 'purge' };
    const methodOf = (of: Record<string, AttributeValue>) => {
      const key = operationKeyOf(span({ kind: 'server' }, of));
      return key?.kind === 'http' ? key.method : undefined;
    };
    assert.equal(methodOf(attributes), 'PURGE');
    const alone = { 'http.request.method': '_OTHER' };
    assert.equal(methodOf(alone), '_OTHER');
  });

  it('counts requests of a proxy by their method alone, and none of its other spans', () => {
    const keys = traefikDelete()
      .map(operationKeyOf)
      .filter((key) => key !== undefined);
    assert.deepEqual(keys, [{ kind: 'proxy', service: 'edge', name: 'DELETE', method: 'DELETE' }]);
  });

  it('keeps a thousand characters of a hostile name, and no text from other types', () => {
    const key = operationKeyOf(
      span({ kind: 'server', name: 'x'.repeat(1_000_000) }, { 'http.route': 5 }),
    );
    assert.ok(key?.kind === 'http');
    assert.deepEqual([key.name.length, key.route], [1_000, '']);
  });
});

describe('isErrorFor', () => {
  it('believes the status the instrumentation set', () => {
    assert.equal(isErrorFor(span({ status: 'error' })), true);
    assert.equal(isErrorFor(span({ status: 'unset' })), false);
    const decided = span({ kind: 'server', status: 'ok' }, { 'http.response.status_code': 500 });
    assert.equal(isErrorFor(decided), false);
  });

  it('counts a 5xx answer without a status, number or text, but no 4xx and no caller', () => {
    for (const name of ['http.response.status_code', 'http.status_code']) {
      assert.equal(isErrorFor(span({ kind: 'server' }, { [name]: 503 })), true);
      assert.equal(isErrorFor(span({ kind: 'server' }, { [name]: '503' })), true);
      assert.equal(isErrorFor(span({ kind: 'server' }, { [name]: 404 })), false);
      assert.equal(isErrorFor(span({ kind: 'client' }, { [name]: 503 })), false);
    }
  });
});
