import assert from 'node:assert/strict';
import { callsIn, start } from '../../../support/prismaCode.ts';

/** Calls without their lines. */
const forms = (code: string, others?: Readonly<Record<string, string>>) =>
  callsIn(`${start}${code}`, others).map((call) => call.replace(/ \d+( loop)?$/, ''));

describe('types that say what a Prisma call is made on', () => {
  it('a type literal has clients, in an async store too', () => {
    const code = `import { AsyncLocalStorage } from 'node:async_hooks';
const store = new AsyncLocalStorage<{ tx: Prisma.TransactionClient }>();
class S { constructor(private cls: ClsService<{ unit: PrismaClient }>) {}
  a() { return store.getStore()?.tx.user.create({}); }
  b(given: { link: PrismaClient }) { return given.link.user.update({}); }
  c() { return this.cls.get('unit').user.delete({}); } }
import { ClsService } from 'nestjs-cls';`;
    assert.deepEqual(forms(code), ['User.create S.a', 'User.update S.b', 'User.delete S.c']);
  });

  it('a literal that only looks like a model is one where the value is, and none where nothing says so', () => {
    const code = `abstract class Repo { protected abstract readonly table: { create(of: unknown): unknown };
  a() { return this.table.create({}); } }
class Users extends Repo { protected readonly table = this.p.user; constructor(private readonly p: PrismaService) { super(); } }
class S { constructor(private p: PrismaService) {}
  b(name: string) { return (this.p[name] as { create(of: unknown): unknown }).create({}); }
  c(db: { user: { create(of: unknown): unknown } }) { return db.user.create({}); } }`;
    assert.deepEqual(forms(code), ['User.create Repo.a', 'create S.b']);
  });

  it('a type parameter is what it extends', () => {
    const code = `abstract class Repo<D extends Prisma.UserDelegate> { constructor(protected readonly own: D) {} a() { return this.own.create({}); } }
class S { b<T extends PrismaClient>(given: T) { return given.user.update({}); } }
const c = async <T extends Prisma.TransactionClient | PrismaClient>(given: T) => given.user.delete({});`;
    assert.deepEqual(forms(code), ['User.create Repo.a', 'User.update S.b', 'User.delete c']);
  });

  it('a client’s type indexed by a name that isn’t known is some model', () => {
    const code = `type Model<T extends string> = PrismaClient[Uncapitalize<T>];
class S { a(model: Model<'User'>) { return model.create({}); }
  b(model: PrismaClient['user']) { return model.update({}); } }`;
    assert.deepEqual(forms(code), ['create S.a', 'User.update S.b']);
  });

  it('interfaces inherit clients, and unions and intersections have those of each part', () => {
    const code = `interface Unit { link: PrismaClient; open(): PrismaClient }
interface Named extends Unit { name: string }
class S { a(given: Named) { return given.link.user.create({}); }
  b(given: { name: string; at: Date } & Unit) { return given.link.user.update({}); }
  c(given: Unit) { return given.open().user.delete({}); } }`;
    assert.deepEqual(forms(code), ['User.create S.a', 'User.update S.b', 'User.delete S.c']);
  });

  it('a package’s names come through a namespace import', () => {
    const code = `import * as generated from '@prisma/client';
class S { private made = new generated.PrismaClient(); a() { return this.made.user.create({}); }
  b(given: generated.Prisma.TransactionClient) { return given.user.update({}); } }`;
    assert.deepEqual(forms(code), ['User.create S.a', 'User.update S.b']);
  });

  it('a transaction’s client is named by what $transaction’s callback takes, in one step or several', () => {
    const code = `type Run = Parameters<PrismaClient['$transaction']>[0];
type Unit = Parameters<Run>[0];
type Inner = Parameters<Parameters<PrismaService['$transaction']>[0]>[0];
const shared = new PrismaClient();
class S { a(work: Unit) { return work.user.create({}); }
  b(work: Inner, name: string) { return (work as { [name: string]: any })[name].update({}); }
  c(work: Parameters<Parameters<typeof shared.$transaction>[0]>[0]) { return work.user.delete({}); } }`;
    assert.deepEqual(forms(code), ['User.create S.a', 'update S.b', 'User.delete S.c']);
  });

  it('a client that was put on another library’s object goes by its name', () => {
    const code = `import { Request } from 'express';
class S { a(request: Request) { return request.prisma.user.create({}); }
  b(request: Request) { return request.orders.user.create({}); } }`;
    assert.deepEqual(forms(code), ['User.create S.a']);
  });
});
