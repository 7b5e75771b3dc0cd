import assert from 'node:assert/strict';
import { extractFacts } from '../../../../src/core/code/extractFacts.ts';
import type { FactList } from '../../../../src/core/code/language/facts.ts';
import { readFacts, writeFacts } from '../../../../src/core/code/language/factsText.ts';

const facts = extractFacts(
  '/ws/orders.ts',
  `import { Controller, Get } from '@nestjs/common';
  import { OrdersService } from './orders.service';
  export type Id = string;
  export const base = 'a\\tb\\n\u2028 “ö”';
  @Module({ providers: [{ provide: 'x', useValue: 1 }] }) class M {}
  @Controller(base) export class Orders {
    constructor(private readonly orders: OrdersService, private readonly prisma: PrismaService) {}
    @Get() list() { this.orders.list(); return this.prisma.order.findMany(); }
    async each(ids: string[]) { for (const id of ids) await this.orders.get(id); }
  }
  app.setGlobalPrefix('api');
  const broken = ;`,
);
const lists = Object.keys(facts).filter((name): name is FactList => name !== 'mentionsFramework');

describe('facts as text', () => {
  it('hold no line break and no tab, and say what the facts say', () => {
    const texts = writeFacts(facts);
    assert.equal(/[\n\t]/.test(texts.join('')), false);
    const read = readFacts(texts);
    assert.equal(read.mentionsFramework, true);
    for (const list of lists) {
      assert.equal(facts[list].length > 0, true, list);
      assert.deepEqual(read[list], facts[list], list);
    }
  });

  it('are the same when written again, whatever was asked for', () => {
    const texts = writeFacts(facts);
    const read = readFacts(texts);
    assert.equal(read.methods.length > 0, true);
    assert.deepEqual(writeFacts(read), texts);
  });

  it('give the same list each time: an answer that holds it stays equal', () => {
    const read = readFacts(writeFacts(facts));
    assert.equal(read.classes, read.classes);
  });
});
