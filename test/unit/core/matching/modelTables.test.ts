import assert from 'node:assert/strict';
import { modelTablesOf } from '../../../../src/core/matching/calls/prisma/modelTables.ts';
import { indexFiles } from '../../../support/memoryWorkspace.ts';

const tables = modelTablesOf(
  indexFiles({
    'schema.prisma': `
model Customer { id Int @id
  orders Order[]
  tags Tag[]
  @@map("customers")
}
model Order { id Int @id
  customer Customer
  labels Tag[] @relation("OrderLabels")
}
model Tag { id Int @id
  customers Customer[]
  orders Order[] @relation("OrderLabels")
}
model Alone { id Int @id }`,
    'other/schema.prisma': `model Client { id Int @id
  @@map("customers")
}`,
  }),
);
const select = (table: string) => tables.subjectOf(`SELECT 1 FROM "x"."${table}"`);

describe('modelTablesOf', () => {
  it('finds the models of a table, of every schema, in any case', () => {
    assert.deepEqual(select('Customers')?.models.toSorted(), ['client', 'customer']);
    assert.deepEqual(select('Order')?.models, ['order']);
    assert.equal(select('Customer'), undefined);
  });

  it('finds what a table between two models joins', () => {
    assert.deepEqual(select('_CustomerToTag'), {
      verb: 'select',
      models: [],
      joins: ['customer', 'tag'],
    });
    assert.deepEqual(select('_OrderLabels')?.joins, ['order', 'tag']);
    assert.equal(select('_prisma_migrations'), undefined);
  });

  it('counts the relations between models, back to themselves too', () => {
    assert.equal(tables.distance('customer', 'order'), 1);
    assert.equal(tables.distance('customer', 'customer'), 2);
    assert.equal(tables.distance('alone', 'order'), Infinity);
    assert.equal(tables.distance('alone', 'alone'), Infinity);
  });

  it('knows nothing against a model that no schema has', () => {
    assert.equal(tables.distance('ghost', 'order'), 1);
  });

  it('takes tables for models where there is no schema', () => {
    const without = modelTablesOf(indexFiles({}));
    assert.deepEqual(without.subjectOf('DELETE FROM `Loan`')?.models, ['loan']);
  });
});
