import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rootFields } from '../../../../../src/core/correlate/ladder/graphqlFields.ts';
import { one } from '../../../../support/handMadeShop.ts';
import { noSourceMaps } from '../../../../support/mapTrace.ts';
import { indexFiles } from '../../../../support/memoryWorkspace.ts';

const index = indexFiles({
  'shop/package.json': '{"name":"shop"}',
  'shop/app.ts': `import { Resolver, Query, Mutation, ResolveField } from '@nestjs/graphql';
class Order {}
@Resolver(() => Order) export class Orders {
  @Query(() => [Order]) orders() {}
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
    assert.equal(graphql(field), 'strong Orders.items 6');
    assert.equal(graphql(field, 'unknown'), 'likely Orders.items 6');
    assert.match(graphql({ ...field, 'graphql.parent.name': 'Item' }), /^unmapped/);
  });

  it('of an operation have the resolver of the one field it asks for', () => {
    assert.equal(operation('query', 'query Q { orders { id } }'), 'strong Orders.orders 4');
    assert.equal(
      operation('mutation', 'mutation { payOrder(id: *) { id } }'),
      'strong Orders.pay 5',
    );
    assert.match(operation('query', 'query Q { orders { id } other }'), /^unmapped/);
    assert.match(operation('query', 'query Q { missing }'), /^unmapped/);
    assert.match(operation('constructor', '{ orders }'), /^unmapped/);
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
    ['query { ...F } fragment F on Query { c }', undefined],
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
