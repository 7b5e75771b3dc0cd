import assert from 'node:assert/strict';
import { callsOf, indexFiles, routesOf, prismaCallsOf } from '../../../support/memoryWorkspace.ts';
import { callsIn, schema, service, start } from '../../../support/prismaCode.ts';

describe('Prisma call sites', () => {
  it('a call on an injected client names model, operation and method', () => {
    const calls = callsIn(`${start}class S { constructor(private readonly prisma: PrismaService) {}
  list() { return this.prisma.user.findMany(); }
  items() { return this.prisma
    .orderItem
    .deleteMany({}); }
  raw() { return this.prisma.$queryRaw\`select 1\`; }
  unsafe() { return this.prisma.$executeRawUnsafe('x'); }
}`);
    assert.deepEqual(calls, [
      'User.findMany S.list 3',
      'OrderItem.deleteMany S.items 6',
      'queryRaw S.raw 7',
      'executeRawUnsafe S.unsafe 8',
    ]);
  });

  it('both forms of $transaction are calls, and its client is one in the callback and in what it is passed to', () => {
    const calls = callsIn(`${start}class S { constructor(private db: PrismaService) {}
  both() { return this.db.$transaction([this.db.user.count(), this.db.user.findMany()]); }
  inner() { return this.db.$transaction(async (t) => { await t.user.create({}); await this.part(t); }); }
  private part(t: Prisma.TransactionClient) { return t.orderItem.update({}); }
}`);
    assert.deepEqual(calls, [
      'transaction S.both 3',
      'User.count S.both 3',
      'User.findMany S.both 3',
      'transaction S.inner 4',
      'User.create S.inner 4',
      'OrderItem.update S.part 5',
    ]);
  });

  it('clients are followed through variables, defaults, wrappers, getters, extensions and destructuring', () => {
    const calls = callsIn(
      `${start}import { db, user as users } from './db'; import { Wrapper } from './wrapper';
class S { constructor(private prisma: PrismaService, private wrapper: Wrapper) {}
  a(tx?: Prisma.TransactionClient) { return (tx ?? this.prisma).user.count(); }
  b() { const client = this.prisma.$extends({}); return client.user.update({}); }
  c() { const { user, orderItem: items } = this.prisma; user.count(); return items.count(); }
  d() { return this.wrapper.client.user.create({}); }
  e() { return this.wrapper.extended.user.delete({}); }
  f() { return db.user.aggregate({}); }
  g() { return users.count(); }
  h() { return new PrismaClient().user.count(); }
  i() { return this.prisma['user'].count(); }
  j(name: 'user') { return this.prisma[name].count(); }
}`,
      {
        'db.ts': `import { PrismaClient } from './generated/client';\nexport const db = new PrismaClient();\nexport const { user } = db;`,
        'wrapper.ts': `import { PrismaClient } from '@prisma/client';
const make = () => new PrismaClient().$extends({});
export class Wrapper { readonly client: ReturnType<typeof make> = make(); get extended() { return this.client; } }`,
      },
    );
    assert.deepEqual(
      calls.map((call) => call.replace(/ \d+$/, '')),
      [
        'User.count S.a',
        'User.update S.b',
        'User.count S.c',
        'OrderItem.count S.c',
        'User.create S.d',
        'User.delete S.e',
        'User.aggregate S.f',
        'User.count S.g',
        'User.count S.h',
        'User.count S.i',
        'count S.j',
      ],
    );
  });

  it('a token’s provider says what is injected', () => {
    const calls = callsIn(`${start}
const DB = Symbol('db');
const providers = [{ provide: DB, useFactory: () => new PrismaClient() }, { provide: 'ALIAS', useExisting: PrismaService }];
class S { constructor(@Inject(DB) private one: any, @Inject('ALIAS') private two: any) {}
  a() { return this.one.user.update({}); }
  b() { return this.two.user.update({}); }
}`);
    assert.deepEqual(calls, ['User.update S.a 6', 'User.update S.b 7']);
  });

  it('a generic base repository’s delegate is what its subclasses pass; several models name none', () => {
    const base = `export abstract class Repo<D> { constructor(protected delegate: D) {} all() { return this.delegate.findMany(); } }`;
    const one = `${start}import { Repo } from './repo';
class Users extends Repo<Prisma.UserDelegate> { constructor(p: PrismaService) { super(p.user); } }`;
    const two = `${one}
class Items extends Repo<any> { constructor(p: PrismaService) { super(p.orderItem); } }`;
    assert.deepEqual(callsIn(one, { 'repo.ts': base }), ['User.findMany Repo.all 1']);
    assert.deepEqual(callsIn(two, { 'repo.ts': base }), ['findMany Repo.all 1']);
  });

  it('namesakes of other libraries, comments and unknown models are not calls', () => {
    const calls = callsIn(
      `${start}import { Repository } from 'typeorm'; import { Users } from './users'; import { createHash } from 'crypto';
class S { constructor(private user: Repository<any>, private users: Users, private prisma: PrismaService, private all: { user: Users }) {}
  a() { return this.user.update({}); }
  b() { return this.users.create({}); }
  c() { return createHash('x').update('y'); }
  d() { return this.prisma.ghost.findMany(); }
  e() { /* this.prisma.user.findMany() */ return [].user.count(); }
  f(services: any) { return services.user.create({}); }
}`,
      { 'users.ts': 'export class Users { create(x: unknown) {} }' },
    );
    assert.deepEqual(calls, []);
  });

  it('super of a class that extends the client is the client', () => {
    const calls = callsIn(`import { PrismaClient } from '@prisma/client';
export class Own extends PrismaClient { run() { return super.$transaction(async (t) => t.user.count()); } }`);
    assert.deepEqual(calls, ['transaction Own.run 2', 'User.count Own.run 2']);
  });

  it('a library’s PrismaService and clients without types are known by their names', () => {
    const calls = callsIn(`import { PrismaService } from 'nestjs-prisma';
class S { constructor(private prisma: PrismaService) {} a() { return this.prisma.user.create({}); } }
async function run(tx) { await tx.user.create({}); }`);
    assert.deepEqual(calls, ['User.create S.a 2', 'User.create run 3']);
  });

  it('calls in loops and in callbacks of array methods say so', () => {
    const calls = callsIn(`${start}class S { constructor(private prisma: PrismaService) {}
  async a(ids: number[]) {
    for (const user of await this.prisma.user.findMany()) await this.prisma.user.update({});
    await Promise.all(ids.map((id) => this.prisma.user.delete({ where: { id } })));
    while (await this.prisma.user.count()) await 0;
    await run(async () => this.prisma.user.findFirst());
  }
}`);
    assert.deepEqual(calls, [
      'User.findMany S.a 4',
      'User.update S.a 4 loop',
      'User.delete S.a 5 loop',
      'User.count S.a 6 loop',
      'User.findFirst S.a 7',
    ]);
  });

  it('models come from several schema files, and without any schema any delegate of a client counts', () => {
    const code = `${start}class S { constructor(private p: PrismaService) {} a() { this.p.user.count(); this.p.other.count(); } }`;
    assert.deepEqual(callsIn(code, { 'more/other.prisma': 'model Other { id Int }' }), [
      'User.count S.a 2',
      'Other.count S.a 2',
    ]);
    const index = indexFiles({ 'app.ts': code, 'prisma.service.ts': service });
    assert.deepEqual(callsOf(index), ['User.count S.a 2', 'Other.count S.a 2']);
    const zmodel = 'abstract model Base { id Int @id }\nmodel Other extends Base { user User }';
    assert.deepEqual(callsIn(code, { 'schema.zmodel': zmodel }), [
      'User.count S.a 2',
      'Other.count S.a 2',
    ]);
  });

  it('a client that is generated into the sources is the package’s, and its enums stay what they are', () => {
    const heading = '\n/* !!! This is code generated by Prisma. Do not edit directly. !!! */\n';
    const code = `import { PrismaClient, Prisma, Role } from './made/client'; import type { UserDelegate } from './made/models'; import { Controller, Get } from '@nestjs/common';
class Store extends PrismaClient { a() { return this.user.create({}); } }
class S { private readonly link = new PrismaClient(); constructor(private readonly store: Store, private given: PrismaClient) {}
  b() { return this.link.user.update({}); } c() { return this.store.user.delete({}); } d(unit: Prisma.TransactionClient) { return unit.user.count(); }
  e(of: UserDelegate) { return of.upsert({}); } f() { return this.given.user.aggregate({}); } }
@Controller(Role.Admin) class C { @Get() g() {} }`;
    const index = indexFiles({
      'schema.prisma': schema,
      'app.ts': code,
      'made/client.ts': `${heading}import * as $Class from './internal/class'; import * as Prisma from './internal/names';
export * from './enums'; export const PrismaClient = $Class.getPrismaClientClass(); export type PrismaClient<T = never> = $Class.PrismaClient<T>; export { Prisma }`,
      'made/internal/class.ts': `${heading}export interface PrismaClient { get user(): UserDelegate }`,
      'made/models.ts': `${heading}export interface UserDelegate { create(of: unknown): unknown }`,
      'made/enums.ts': `${heading}export const Role = { Admin: 'admin' } as const`,
    });
    assert.deepEqual(callsOf(index), [
      'User.create Store.a 2',
      'User.update S.b 4',
      'User.delete S.c 4',
      'User.count S.d 4',
      'User.upsert S.e 5',
      'User.aggregate S.f 5',
    ]);
    assert.deepEqual(routesOf(index), ['GET /admin C.g app.ts:6']);
    const older = indexFiles({
      'schema.prisma': schema,
      'app.ts': `import { PrismaClient } from './made'; class S { constructor(private link: PrismaClient) {} a() { return this.link.user.create({}); } }`,
      'made/index.js': `const config = {}; const PrismaClient = getPrismaClient(config)\nexports.PrismaClient = PrismaClient\nObject.assign(exports, Prisma)`,
    });
    assert.deepEqual(callsOf(older), ['User.create S.a 1']);
  });

  it('plain JavaScript with require is read like TypeScript', () => {
    const index = indexFiles({
      'schema.prisma': schema,
      'db.js': `const { PrismaClient } = require('@prisma/client');\nconst prisma = new PrismaClient();\nmodule.exports = { prisma };`,
      'app.js': `const { prisma } = require('./db');\nexports.list = async () => prisma.user.findMany();\nasync function one() { return prisma.user.findUnique({}); }`,
    });
    assert.deepEqual(
      prismaCallsOf(index).map((c) => `${c.model ?? ''}.${c.operation} ${c.location.line}`),
      ['User.findMany 2', 'User.findUnique 3'],
    );
  });
});
