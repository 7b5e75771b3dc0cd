import assert from 'node:assert/strict';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { mapped } from '../../../support/handMadeShop.ts';
import { noSourceMaps } from '../../../support/mapTrace.ts';
import { indexFiles } from '../../../support/memoryWorkspace.ts';
import { nestLayers, prismaOperation as operation } from '../../../support/prismaSpans.ts';
import { makeSpan } from '../../../support/span.ts';

const index = indexFiles({
  'shop-api/package.json': '{"name":"shop-api"}',
  'shop-api/schema.prisma': 'model User { id Int }\nmodel Item { id Int }',
  'shop-api/prisma.ts': `import { PrismaClient } from '@prisma/client';
export class PrismaService extends PrismaClient {}`,
  'shop-api/guard.ts': `import { CanActivate } from '@nestjs/common'; import { PrismaService } from './prisma';
export class Signed implements CanActivate {
  constructor(private prisma: PrismaService) {}
  canActivate() {
    return this.prisma.user.findUnique({});
  }
}`,
  'shop-api/start.ts': `import { PrismaService } from './prisma';
export class Warmer {
  constructor(private prisma: PrismaService) {}
  async onModuleInit() {
    await this.prisma.user.findUnique({});
  }
}`,
  'shop-api/module.ts': `import { Module } from '@nestjs/common'; import { PrismaService } from './prisma';
@Module({ providers: [{ provide: 'ITEMS', inject: [PrismaService],
  useFactory: (prisma: PrismaService) => prisma.item.count() }] })
export class ShopModule {}`,
  'shop-api/items.service.ts': `import { PrismaService } from './prisma';
export class ItemsService {
  constructor(private prisma: PrismaService) {}
  count() { return this.prisma.item.count(); }
}`,
  'shop-api/other.ts': `import { PrismaService } from './prisma';
export class Other {
  constructor(private prisma: PrismaService) {}
  run() { return this.prisma.user.findUnique({}); }
}`,
  'shop-api/items.ts': `import { Controller, Get, UseGuards } from '@nestjs/common';
import { PrismaService } from './prisma'; import { Signed } from './guard';
@UseGuards(Signed) @Controller('items') export class Items {
  constructor(private prisma: PrismaService) {}
  @Get() list() { return this.prisma.item.findMany(); }
  @Get('mine') mine() {
    return this.prisma.user.findUnique({});
  }
}`,
  'shop-api/touch.ts': `import { Controller, Post, NestInterceptor, Module } from '@nestjs/common'; import { PrismaService } from './prisma';
export class Audit implements NestInterceptor {
  constructor(private prisma: PrismaService) {}
  intercept() { return this.prisma.item.update({}); }
}
@Controller('touch') export class Touch {
  constructor(private prisma: PrismaService) {}
  @Post() run() {
    return this.prisma.item.update({});
  }
}
@Module({ controllers: [Touch], providers: [{ provide: 'APP_INTERCEPTOR', useClass: Audit }] })
export class TouchModule {}`,
  'shop-api/public.ts': `import { Controller, Get } from '@nestjs/common'; import { PrismaService } from './prisma';
@Controller('public') export class Public {
  constructor(private prisma: PrismaService) {}
  @Get() show() {
    return this.prisma.user.findUnique({});
  }
}`,
  'shop-api/session.ts': `import { NestMiddleware } from '@nestjs/common'; import { PrismaService } from './prisma';
export class Session implements NestMiddleware {
  constructor(private prisma: PrismaService) {}
  use() { return this.prisma.user.findUnique({}); }
}`,
  'shop-api/resolvers.ts': `import { Resolver, Query, ResolveField } from '@nestjs/graphql';
import { UseGuards } from '@nestjs/common'; import { Signed } from './guard';
import { PrismaService } from './prisma'; class Item {}
@UseGuards(Signed) @Resolver(() => Item) export class ItemResolver {
  constructor(private prisma: PrismaService) {}
  @Query(() => [Item]) items() { return this.prisma.item.findMany(); }
  @ResolveField() owner() {
    return this.prisma.user.findUnique({});
  }
}`,
});

const places = (spans: readonly RawSpan[]) => mapped(spans, noSourceMaps, index);
const server = (route: string) =>
  makeSpan({
    id: 'request',
    kind: 'server',
    attributes: { 'http.request.method': 'GET', 'http.route': route },
  });
const find = (id: string, start: number, parent = 'request') =>
  operation(id, parent, start, 'User.findUnique');

const inGuard = 'likely user.findUnique in Signed.canActivate 5';
const inHandler = 'likely user.findUnique in Items.mine 7';

describe('Prisma spans of what runs beside a handler', () => {
  it("are the guard's where NestJS's spans show that they lie outside the handler", () => {
    const spans = [...nestLayers('Items', 'mine'), find('guard', 0), find('own', 3, 'handler')];
    assert.deepEqual(places(spans).slice(1), [
      inGuard,
      'strong Items.mine 6',
      'strong user.findUnique in Items.mine 7',
    ]);
  });

  it("are the guard's where the handler reaches no such call", () => {
    assert.deepEqual(places([server('/items'), find('a', 1)]).slice(1), [inGuard]);
  });

  it('are told apart by the order in which NestJS runs guard and handler', () => {
    assert.deepEqual(places([server('/items/mine'), find('a', 1), find('b', 2)]).slice(1), [
      `${inGuard} +1`,
      `${inHandler} +1`,
    ]);
  });

  it("are the guard's first, which may have refused, and a handler's where only a guard of all handlers reaches one", () => {
    assert.deepEqual(places([server('/items/mine'), find('a', 1)]).slice(1), [
      `${inGuard.replace('likely', 'weak')} +1`,
    ]);
    assert.deepEqual(places([server('/public'), find('a', 1)]).slice(1), [
      'likely user.findUnique in Public.show 5',
    ]);
  });

  it("are the handler's before those of an interceptor, which sees what the handler gave", () => {
    const request = { ...server('/touch'), attributes: [{ key: 'http.route', value: '/touch' }] };
    const update = (id: string, start: number) => operation(id, 'request', start, 'Item.update');
    assert.deepEqual(places([request, update('a', 1), update('b', 2)]).slice(1), [
      'likely item.update in Touch.run 9 +1',
      'likely item.update in Audit.intercept 4 +1',
    ]);
  });

  it('are of what runs when the application starts, where no request is above them', () => {
    const start = { ...find('a', 1), parentSpanId: undefined };
    assert.deepEqual(places([start]), ['likely user.findUnique in Warmer.onModuleInit 5']);
    const factory = { ...operation('a', '', 1, 'Item.count'), parentSpanId: undefined };
    assert.deepEqual(places([factory]), ['likely item.count in useFactory 3']);
  });

  it('are of the resolvers of the fields that a GraphQL operation asks for', () => {
    const asks = (source: string) =>
      makeSpan({
        id: 'request',
        name: 'query',
        attributes: { 'graphql.operation.type': 'query', 'graphql.source': source },
      });
    const inResolver = 'likely user.findUnique in ItemResolver.owner 8';
    const all = [find('a', 1), find('b', 2), find('c', 3)];
    assert.deepEqual(places([asks('{ items { owner { id } } }'), ...all]).slice(1), [
      `${inGuard} +1`,
      `${inResolver} +1`,
      `${inResolver} +1`,
    ]);
    const field = makeSpan({
      id: 'field',
      parent: 'request',
      start: 1,
      attributes: { 'graphql.field.name': 'owner', 'graphql.parent.name': 'Item' },
    });
    const spans = [
      asks('{ items { owner { id } } }'),
      field,
      find('guard', 0),
      find('b', 2, 'field'),
    ];
    assert.deepEqual(places(spans).slice(1).sort(), [
      inResolver,
      inGuard,
      'strong ItemResolver.owner 7',
    ]);
  });
});
