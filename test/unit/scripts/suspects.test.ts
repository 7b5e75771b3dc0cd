import assert from 'node:assert/strict';
import { countDecorators } from '../../../scripts/suspects/decoratorCounts.ts';
import { findSuspects } from '../../../scripts/suspects/findSuspects.ts';
import { Linker } from '../../../src/core/code/linker.ts';
import { linked, workspaceOf } from '../../support/memoryWorkspace.ts';

function suspectsOf(files: Readonly<Record<string, string>>): string[] {
  const facts = workspaceOf(files);
  const texts = new Map(Object.entries(files).map(([name, text]) => [`/ws/${name}`, text]));
  return findSuspects(linked(new Linker(), facts), facts, texts).map(
    ({ why, where }) => `${where.replace('/ws/', '')} ${why}`,
  );
}

const common = `import { Controller, Get, Module } from '@nestjs/common';`;

describe('suspects of an index', () => {
  it('are none where everything is known', () => {
    assert.deepEqual(
      suspectsOf({
        'a.ts': `${common}
@Controller('a') export class A { @Get() get() {} }
@Module({ controllers: [A] }) export class M {}`,
      }),
      [],
    );
  });

  it('are routes of unknown paths, twice the same one, and controllers without any or without a module', () => {
    assert.deepEqual(
      suspectsOf({
        'a.ts': `${common}
@Controller(process.env.X) export class A { @Get('a') a() {} }
@Controller() export class B { @Get('b') b() {}
 @Get('b') again() {} }
@Controller() export class C {}
@Module({ controllers: [A, C] }) export class M {}`,
      }),
      [
        'a.ts:2 only the end of GET /a is known',
        'a.ts:4 GET /b is also that of B.b',
        'a.ts:3 B: in no module',
        'a.ts:5 C: a controller without routes',
      ],
    );
  });

  it('are decorators that no rule knows, and those that the text has and the index has not', () => {
    assert.deepEqual(
      suspectsOf({
        'a.ts': `import { Injectable } from '@nestjs/common';
import { Listen } from '@nestjs/new-things';
@Injectable() export class A { @Listen('x') on() {} }`,
        'b.ts': `import { Get } from '@nestjs/common';
export class Unused {
  @Get() get() {}
}`,
      }),
      [
        'b.ts 1 decorators of http, 0 handlers',
        'a.ts:3 @Listen of @nestjs/new-things: no rule knows it',
      ],
    );
  });

  it('are Prisma calls in the text that the index has not', () => {
    assert.deepEqual(
      suspectsOf({
        'schema.prisma': 'model Order {\n id Int @id\n}',
        'a.ts': `import { PrismaClient } from '@prisma/client';
const things = new PrismaClient();
export const known = () => things.order.findMany();
export const unknown = (store: unknown) => store.order.count();`,
      }),
      ['a.ts:4 count: not among the Prisma calls'],
    );
  });

  it('count decorators by package, not those in comments', () => {
    const text = `import { Query } from '@nestjs/graphql';
  // @Query() no
  /* @Query() */
  @Query(() => X)
  @Get()`;
    assert.deepEqual([...countDecorators(text)], [['graphql', 1]]);
  });
});
