import assert from 'node:assert/strict';
import { indexReport } from '../../../../src/core/code/indexReport.ts';
import { indexFiles, prismaCallsOf } from '../../../support/memoryWorkspace.ts';
import { callsIn, start } from '../../../support/prismaCode.ts';

/** Calls without their lines. */
const forms = (code: string, others?: Readonly<Record<string, string>>) =>
  callsIn(`${start}${code}`, others).map((call) => call.replace(/ \d+( loop)?$/, ''));

describe('forms of Prisma calls', () => {
  it('a class extends what a function or a value typed as a constructor makes', () => {
    const code = `const make = () => new PrismaClient().$extends({});
const Extended = class { constructor() { return make(); } } as new () => ReturnType<typeof make>;
export class Db extends Extended {}
class S { constructor(private db: Db) {} a() { return this.db.user.count(); } }`;
    assert.deepEqual(forms(code), ['User.count S.a']);
  });

  it('read replicas are clients, typed by a token or by the value', () => {
    const code = `import { Repository } from './repository';
class S { constructor(@Inject('REPOSITORY') private readonly repository: Repository) {}
  a() { return this.repository.$replica().user.findMany(); }
  b() { return this.repository.$transaction(async (t) => { await t.$primary().user.update({}); }); } }`;
    const repository = `import { PrismaClient } from '@prisma/client'; import { readReplicas } from '@prisma/extension-read-replicas';
const make = () => new PrismaClient().$extends(readReplicas({ url: '' }));
export type Repository = ReturnType<typeof make>;`;
    assert.deepEqual(forms(code, { 'repository.ts': repository }), [
      'User.findMany S.a',
      'transaction S.b',
      'User.update S.b',
    ]);
  });

  it('operations with a $ are Prisma’s on whatever isn’t known, and not on another library’s object', () => {
    const code = `import { Other } from 'other';
class S { constructor(private readonly store: any, private other: Other) {}
  a() { return this.store.$transaction(async (t) => t.user.count()); }
  b() { return this.other.$queryRaw\`x\`; } }`;
    assert.deepEqual(forms(code), ['transaction S.a', 'User.count S.a']);
  });

  it('a transaction is handed on in an options object, by a type alias, or by a default', () => {
    const code = `interface Options { tx?: Prisma.TransactionClient }
type Tx = Omit<PrismaClient, '$connect' | '$on'>;
class S { constructor(private p: PrismaService) {}
  a(options: Options) { const db = options.tx ?? this.p; return db.user.create({}); }
  b({ tx = this.p }: Options) { return tx.user.delete({}); }
  c(tx: Tx) { return tx.user.update({}); }
  d(tx: Parameters<Parameters<PrismaClient['$transaction']>[0]>[0]) { return tx.user.upsert({}); }
  e(tx?: any) { let db; if (tx) db = tx; else db = this.p; return db.user.count(); } }`;
    assert.deepEqual(forms(code), [
      'User.create S.a',
      'User.delete S.b',
      'User.update S.c',
      'User.upsert S.d',
      'User.count S.e',
    ]);
  });

  it('a computed member is no call of what its variable is called', () => {
    const code = `class S { constructor(private p: PrismaService) {}
  a(findMany: string) { return this.p.user[findMany](); }
  b() { return this.p.user['count'](); } }`;
    assert.deepEqual(forms(code), ['User.count S.b']);
  });

  it('a variable of the method has the value that an inner block gives it', () => {
    const code = `class S { constructor(private p: PrismaService) {}
  a(list: string[]) { let db; for (const one of list) { if (one) { db = this.p; } } return db.user.count(); } }`;
    assert.deepEqual(forms(code), ['User.count S.a']);
  });

  it('clients of a filtered list are clients, and mapped ones what the function makes', () => {
    const code = `class S { private readonly all = [new PrismaClient(), new PrismaClient()];
  a() { for (const one of this.all.filter(Boolean)) one.user.count(); }
  b() { for (const one of this.all.reverse()) one.user.delete({}); } }`;
    assert.deepEqual(forms(code), ['User.count S.a']);
  });

  it('a method that runs a callback with a transaction gives it a client', () => {
    const code = `class S { constructor(private p: PrismaService) {}
  run<T>(work: (tx: Prisma.TransactionClient) => Promise<T>) { return this.p.$transaction(work); }
  a() { return this.run(async (t) => t.user.count()); } }`;
    assert.deepEqual(forms(code), ['transaction S.run', 'User.count S.a']);
  });

  it('nestjs-cls: the host’s tx, by whatever name the host is injected, and an injected transaction', () => {
    const code = `import { InjectTransaction, Transaction } from '@nestjs-cls/transactional';
import { TransactionalAdapterPrisma } from '@nestjs-cls/transactional-adapter-prisma';
import type { Host } from './host';
class S { constructor(private readonly prisma: Host, @InjectTransaction() private own: Transaction<TransactionalAdapterPrisma>) {}
  get db() { return this.prisma.tx; }
  a() { return this.prisma.tx.user.count(); }
  b() { return this.db.user.update({}); }
  c() { return this.own.user.delete({}); } }`;
    const host = `import { TransactionHost } from '@nestjs-cls/transactional';
import { TransactionalAdapterPrisma } from '@nestjs-cls/transactional-adapter-prisma';
export type Host = TransactionHost<TransactionalAdapterPrisma>;`;
    assert.deepEqual(forms(code, { 'host.ts': host }), [
      'User.count S.a',
      'User.update S.b',
      'User.delete S.c',
    ]);
  });

  it('nestjs-cls: what makes it begin a transaction counts for spans, and isn’t listed', () => {
    const code = `import { Transactional, TransactionHost } from '@nestjs-cls/transactional';
import { Transactional as Other } from 'typeorm-transactional';
import { InTransaction } from './names';
class S { constructor(private readonly host: TransactionHost) {}
  a() { return this.host.withTransaction(async () => this.host.tx.user.count()); }
  @Transactional() b() { return this.host.tx.user.create({}); }
  @InTransaction() c() {}
  @Other() d() {}
  e(session: Session) { return session.withTransaction(() => {}); } }`;
    const names = `export { Transactional as InTransaction } from '@nestjs-cls/transactional';`;
    const files = {
      'code.ts': code,
      'names.ts': names,
      'schema.prisma': 'model User { id Int @id }',
    };
    const index = indexFiles(files);
    assert.deepEqual(
      prismaCallsOf(index).map(({ through, inTransaction, enclosing, location }) =>
        [enclosing, location.line, through, inTransaction].join(' ').trim(),
      ),
      [
        'S.a 5 withTransaction',
        'S.a 5  true',
        'S.b 6',
        'S.b 6 @Transactional()',
        'S.c 7 @Transactional()',
      ],
    );
    assert.deepEqual(
      indexReport(index, '/ws').prismaCalls.map(({ operation }) => operation),
      ['count', 'create'],
    );
    const { 'schema.prisma': schema, ...withoutPrisma } = files;
    assert.notEqual(schema, '');
    assert.deepEqual(
      prismaCallsOf(indexFiles(withoutPrisma)).filter(({ through }) => through !== undefined),
      [],
    );
  });

  it('nestjs-prisma’s CustomPrismaService has a client, in a base class too', () => {
    const code = `import { CustomPrismaService } from 'nestjs-prisma/dist/custom';
const extended = new PrismaClient().$extends({});
abstract class Base { @Inject('Prisma') protected service!: CustomPrismaService<typeof extended>;
  protected get prisma(): typeof extended { return this.service.client; } }
class S extends Base { a() { return this.prisma.user.count(); } b() { return this.service.client.user.update({}); } }`;
    assert.deepEqual(forms(code), ['User.count S.a', 'User.update S.b']);
  });

  it('CustomPrismaService’s client is one where a model has that name', () => {
    const code = `import { CustomPrismaService } from 'nestjs-prisma';
class S { constructor(@Inject('P') private service: CustomPrismaService<PrismaClient>) {}
  a() { return this.service.client.client.create({}); } b() { return this.service.client.user.count(); } }`;
    const others = { 'client.prisma': 'model Client { id Int @id }' };
    assert.deepEqual(forms(code, others), ['Client.create S.a', 'User.count S.b']);
  });

  it('clients are taken out of maps, arrays and async storage', () => {
    const code = `import { AsyncLocalStorage } from 'node:async_hooks';
const storage = new AsyncLocalStorage<Prisma.TransactionClient>();
class S { private byTenant = new Map<string, PrismaClient>(); private all: PrismaClient[] = [];
  a() { return storage.getStore().user.count(); }
  async tenant(id: string) { return this.byTenant.get(id); }
  async b() { return (await this.tenant('x')).user.update({}); }
  async c() { for (const one of this.all) await one.user.delete({}); }
  d() { return this.all.map((one) => one.user.create({})); } }`;
    assert.deepEqual(forms(code), [
      'User.count S.a',
      'User.update S.b',
      'User.delete S.c',
      'User.create S.d',
    ]);
  });

  it('clients are asked of a module by class or by the type that is given', () => {
    const code = `class S { constructor(private ref: ModuleRef) {}
  a() { return this.ref.get(PrismaService, { strict: false }).user.count(); }
  b() { return this.ref.get<PrismaService>('Prisma').user.update({}); } }`;
    assert.deepEqual(forms(code), ['User.count S.a', 'User.update S.b']);
  });

  it('a client is a parameter’s default, or set in another method than the constructor', () => {
    const code = `class S { private late; constructor(private readonly early = new PrismaClient()) {}
  onModuleInit() { this.late = new PrismaClient(); }
  a() { return this.early.user.count(); }
  b() { return this.late.user.update({}); } }`;
    assert.deepEqual(forms(code), ['User.count S.a', 'User.update S.b']);
  });

  it('a base repository’s model is named by its subclass: a name, a getter or a function', () => {
    const named = `abstract class Repo { constructor(protected p: PrismaService, private readonly name: string) {} all() { return this.p[this.name].findMany(); } }
class Users extends Repo { constructor(p: PrismaService) { super(p, 'user'); } }`;
    assert.deepEqual(forms(named), ['User.findMany Repo.all']);
    const getter = `abstract class Repo { constructor(protected p: PrismaService) {} protected abstract get delegate(): any; all() { return this.delegate.findMany(); } }
class Users extends Repo { get delegate() { return this.p.user; } }`;
    assert.deepEqual(forms(getter), ['User.findMany Repo.all']);
    const picked = `abstract class Repo { constructor(protected p: PrismaService, private pick: (client: PrismaService) => any) {} all() { return this.pick(this.p).findMany(); } }
class Users extends Repo { constructor(p: PrismaService) { super(p, (client) => client.user); } }`;
    assert.deepEqual(forms(picked), ['User.findMany Repo.all']);
    const set = `abstract class Repo { protected model: any; constructor(private name: string, private p: PrismaService) {}
  init() { this.model = this.p[this.name]; } all() { return this.model.findMany(); } }`;
    assert.deepEqual(forms(set), ['findMany Repo.all']);
  });

  it('of several models none is named', () => {
    const code = `async function byName(p: PrismaService, name: string) { const models = { user: p.user, item: p.orderItem }; return models[name].findMany(); }
class S { constructor(private p: PrismaService) {}
  pick(name: string) { switch (name) { case 'user': return this.p.user; default: return this.p.orderItem; } }
  a(name: string) { return (this.pick(name) as any).count(); } }`;
    assert.deepEqual(forms(code), ['findMany byName', 'count S.a']);
  });

  it('extensions call through their context and through the client they extend', () => {
    const code = `export const context = Prisma.defineExtension({ model: { $allModels: { exists() { return Prisma.getExtensionContext(this).findFirst({}); } } } });
export const client = Prisma.defineExtension((client) => client.$extends({ model: { user: { remove: () => client.user.update({}) } } }));`;
    assert.deepEqual(forms(code), ['findFirst exists', 'User.update client']);
  });

  it('raw and typed SQL, and operations in brackets', () => {
    const code = `import { getUsers } from '@prisma/client/sql';
class S { constructor(private p: PrismaService) {}
  a() { return this.p.$queryRaw(Prisma.sql\`x\`); }
  b() { return this.p.$queryRawTyped(getUsers(1)); }
  c() { return this.p.$runCommandRaw({}); }
  d() { return this.p['$executeRaw']\`x\`; }
  e() { return this.p.user['findMany']({}); } }`;
    assert.deepEqual(forms(code), [
      'queryRaw S.a',
      'queryRawTyped S.b',
      'runCommandRaw S.c',
      'executeRaw S.d',
      'User.findMany S.e',
    ]);
  });

  it('a fluent relation is the call before it', () => {
    const code = `class S { constructor(private p: PrismaService) {} a() { return this.p.user.findUnique({ where: {} }).items({ omit: {} }); } }`;
    assert.deepEqual(forms(code), ['User.findUnique S.a']);
  });

  it('callbacks in a decorator belong to what it decorates', () => {
    const code = `class C { @Audit({ of: async (args, prisma) => (await prisma.user.findUnique({})).id }) x() {} }`;
    assert.deepEqual(forms(code), ['User.findUnique C.x']);
  });

  it('objects hold clients and delegates', () => {
    const code = `interface Has { prisma: PrismaService }
const parts = { db: new PrismaClient(), users: new PrismaClient().user };
class S { private has: Has; #own: PrismaService; static shared = new PrismaClient();
  a() { return this.has.prisma.user.count(); }
  b() { return parts.db.user.update({}); }
  c() { return parts.users.delete({}); }
  d() { return this.#own.user.create({}); }
  e() { return S.shared.user.upsert({}); } }`;
    assert.deepEqual(forms(code), [
      'User.count S.a',
      'User.update S.b',
      'User.delete S.c',
      'User.create S.d',
      'User.upsert S.e',
    ]);
  });

  it('a constant is what a function made that it was given', () => {
    const code = `const once = <T>(name: string, make: () => T): T => make();
export const made = once('x', () => new PrismaClient().$on('query', () => {}).$extends({}));
function a() { return made.user.create({}); }`;
    assert.deepEqual(forms(code), ['User.create a']);
  });

  it('clients and models come out of lists, entries and promises', () => {
    const code = `const parts = { db: new PrismaClient(), models: { user: new PrismaClient().user } };
class S { private readonly tables = { item: this.p.orderItem }; constructor(private p: PrismaService) {}
  a(all: Map<string, PrismaClient>) { return [...all.values()].map((one) => one.user.create({})); }
  b(all: Map<string, PrismaClient>) { for (const [, one] of all) one.user.update({}); }
  c(open: () => Promise<PrismaClient>) { return open().then((one) => one.user.delete({})); }
  d() { return Object.values(parts.models).map((model) => model.deleteMany()); }
  e() { for (const model of [this.p.user, this.p.orderItem]) model.deleteMany(); }
  f() { return this.tables.item.count(); }
  g() { return lazy.db.user.upsert({}); } }
const lazy = { get db() { return parts.db; } };`;
    assert.deepEqual(forms(code), [
      'User.create S.a',
      'User.update S.b',
      'User.delete S.c',
      'User.deleteMany S.d',
      'deleteMany S.e',
      'OrderItem.count S.f',
      'User.upsert S.g',
    ]);
  });

  it('functions in objects go by their keys, at any depth and in lists, and a setter by its property', () => {
    const code = `const p = new PrismaClient(); const keys = { a: 'a' } as const;
export const task = define({ id: 'x', run: async () => p.user.create({}), hooks: { after: () => p.user.update({}) } });
export const table = { [keys.a]: () => p.user.delete({}), inner: { deep() { return p.user.upsert({}); } } };
export const providers = [{ provide: 'X', useFactory: async (prisma: PrismaService) => prisma.user.count() }];
@Module({ providers: [{ provide: 'Y', useFactory: (prisma: PrismaService) => prisma.user.findMany() }] }) class M {
  set name(name: string) { p.user.deleteMany(); } get name() { return ''; } }
declare function define(of: object): object;`;
    assert.deepEqual(forms(code), [
      'User.create run',
      'User.update after',
      'User.delete [keys.a]',
      'User.upsert deep',
      'User.count useFactory',
      'User.findMany useFactory',
      'User.deleteMany M.name',
    ]);
  });
});
