import assert from 'node:assert/strict';
import { mentionsFramework } from '../../../../src/core/code/relevance.ts';

describe('files that are read', () => {
  it('one that queries through a client of another file is, though it names no framework', () => {
    for (const text of [
      `import { db } from '@db'; db.order.findMany({});`,
      `await orders\n  .findFirstOrThrow({})`,
      `store.user.createManyAndReturn({});`,
      'await db.$queryRaw`SELECT 1`;',
      `await tx\n  .order\n  .create({});`,
    ]) {
      assert.ok(mentionsFramework(text), text);
    }
  });

  it('one that has common names only isn’t', () => {
    for (const text of [
      `list.find((one) => one.id); cache.delete('x');`,
      `axios.create({}); api.orders.update({});`,
      `const findManyOrders = () => [];`,
    ]) {
      assert.ok(!mentionsFramework(text), text);
    }
  });
});
