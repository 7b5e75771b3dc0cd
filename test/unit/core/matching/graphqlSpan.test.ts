import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rootFields } from '../../../../src/core/matching/graphql/graphqlFields.ts';
import { one } from '../../../support/handMadeShop.ts';
import { noSourceMaps } from '../../../support/mapTrace.ts';
import { indexFiles } from '../../../support/memoryWorkspace.ts';

const index = indexFiles({
  'shop/package.json': '{"name":"shop"}',
  'shop/app.ts': `import { Resolver, Query, Mutation, ResolveField } from '@nestjs/graphql';
class Order {}
@Resolver(() => Order) export class Orders {
  @Query(() => [Order]) orders() {}
  @Query(() => Order) order() {}
  @Mutation(() => Order, { name: 'payOrder' }) pay() {}
  @ResolveField() items() {}
}`,
});
const graphql = (attributes: Readonly<Record<string, string>>, service = 'shop') =>
  one({ name: 'x', service, attributes }, noSourceMaps, index);
const operation = (type: string, source: string) =>
  graphql({ 'graphql.operation.type': type, 'graphql.source': source });

describe('spans of GraphQL', () => {
  it('of a field have its resolver, by type and name', () => {
    const field = { 'graphql.field.name': 'items', 'graphql.parent.name': 'Order' };
    assert.equal(graphql(field), 'strong Orders.items 7');
    assert.equal(graphql(field, 'unknown'), 'likely Orders.items 7');
    assert.match(graphql({ ...field, 'graphql.parent.name': 'Item' }), /^unmapped/);
  });

  it('of an operation have the resolver of the one field it asks for', () => {
    assert.equal(operation('query', 'query Q { orders { id } }'), 'strong Orders.orders 4');
    assert.equal(
      operation('mutation', 'mutation { payOrder(id: *) { id } }'),
      'strong Orders.pay 6',
    );
    assert.equal(
      operation('query', '{ a: orders { id } b: orders { id } }'),
      'strong Orders.orders 4',
    );
    assert.match(operation('query', 'query Q { missing }'), /^unmapped/);
    assert.match(operation('query', '{ __schema { types { name } } }'), /Schema introspection/);
    assert.match(operation('constructor', '{ orders }'), /^unmapped/);
  });
});

describe('a request of GraphQL’s own route', () => {
  it('of which no span tells the operation is none that a handler is missing for', () => {
    const request = (route: string) =>
      one(
        {
          name: 'x',
          kind: 'server',
          service: 'shop',
          attributes: { 'http.request.method': 'POST', 'http.route': route },
        },
        noSourceMaps,
        index,
      );
    assert.match(request('/graphql'), /^unmapped: GraphQL endpoint/);
    assert.match(request('/other'), /^unmapped: No handler/);
    assert.match(request('/{*any}'), /^unmapped: No handler has route POST \/{\*any};/);
  });
});

describe('spans of GraphQL operations with several fields', () => {
  it('are likely the first resolver and have the others as alternatives', () => {
    assert.equal(operation('query', '{ order { id } orders { id } }'), 'likely Orders.order 5 +1');
  });

  it('are of the operation that ran, of several in a document', () => {
    const document = 'query A { orders } query B { order { id } }';
    const attributes = { 'graphql.operation.type': 'query', 'graphql.source': document };
    const ran = (name: string) => graphql({ ...attributes, 'graphql.operation.name': name });
    assert.equal(ran('B'), 'strong Orders.order 5');
    assert.match(ran('C'), /^unmapped/);
  });
});

describe('the root fields of a document', () => {
  for (const [document, fields] of [
    ['{ orders }', ['orders']],
    [
      'query A($a: [Int!] = 1) @x(y: "}") { a: orders(id: {b: 1}) @skip(if: $a) { id } }',
      ['orders'],
    ],
    ['{ # orders {\n  items __typename }', ['items']],
    ['query { a b } fragment F on X { c }', ['a', 'b']],
    ['query { ...F } fragment F on Query { c ...G } fragment G on Query { d ...F }', ['c', 'd']],
    ['{ ... on Query @include(if: $a) { a { b } } ... { c } ... @live { d } }', ['a', 'c', 'd']],
    ['{ a: x b: x { on } on }', ['x', 'on']],
    ['query { ...Missing }', undefined],
    ['fragment F on Query { c }', undefined],
    ['{ a } }', undefined],
    ['query A { a } query B { b }', undefined],
    ['query { a', undefined],
    ['', undefined],
  ] as const) {
    it(`of ${JSON.stringify(document)} are ${JSON.stringify(fields)}`, () => {
      assert.deepEqual(rootFields(document), fields);
    });
  }

  it('of any text are names or nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        for (const field of rootFields(`${a}{${b}}`) ?? []) assert.match(field, /^\w+$/);
      }),
    );
  });
});
