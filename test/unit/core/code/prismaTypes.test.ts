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

  it('what takes a callback says what it gives it, behind an alias and in an interface too', () => {
    const code = `type Work<T> = (unit: Prisma.TransactionClient) => Promise<T>;
interface Units { run<T>(work: Work<T>): Promise<T>; each: (work: (unit: PrismaClient) => void) => void }
const within = <T>(name: string, work: Work<T>) => work(new PrismaClient());
class S { constructor(@Inject('UNITS') private units: Units) {}
  own<T>(work: Work<T>) { return work(new PrismaClient()); }
  a() { return this.units.run((one) => one.user.create({})); }
  b() { this.units.each((one) => { one.user.update({}); }); }
  c() { return within('x', (one) => one.user.delete({})); }
  d() { return this.own((one) => one.user.upsert({})); } }`;
    assert.deepEqual(forms(code), [
      'User.create S.a',
      'User.update S.b',
      'User.delete S.c',
      'User.upsert S.d',
    ]);
  });

  it('clients are in objects by any key, and in what a Map holds', () => {
    const code = `class S { private byKey: { [name: string]: PrismaClient } = {};
  private entries = new Map<string, { link: PrismaClient; at: number }>();
  of(name: string) { return this.byKey[name]; }
  a() { return this.of('x').user.create({}); }
  b(name: string) { const entry = this.entries.get(name); return entry.link.user.update({}); } }`;
    assert.deepEqual(forms(code), ['User.create S.a', 'User.update S.b']);
  });

  it('a method’s result is what it returns on its own class', () => {
    const code = `class Maker extends PrismaClient { extended() { return this.$extends({}); } }
const Made = class { constructor(from: Maker) { return from.extended(); } } as Type<ReturnType<Maker['extended']>>;
class Db extends Made {}
class S { constructor(private made: ReturnType<Maker['extended']>, private db: Db) {}
  a() { return this.made.user.create({}); }
  b() { return this.db.user.update({}); } }`;
    assert.deepEqual(forms(code), ['User.create S.a', 'User.update S.b']);
  });

  it('a conditional type is what it infers, or either arm, and a type that isn’t understood hides no client', () => {
    const code = `type Inner = Parameters<PrismaClient['$transaction']>[0] extends (unit: infer U) => Promise<unknown> ? U : never;
type Either<T> = T extends string ? PrismaClient : null;
type Odd = { [Key in 'a' | 'b']: Key };
interface Named { name: string }
class S { a(unit: Inner) { return unit.user.create({}); }
  b(one: Either<string>) { return one.user.update({}); }
  c(odd: Odd | undefined, unit: PrismaClient) { return (odd ?? unit).user.delete({}); }
  d(named: Named, unit: PrismaClient) { const given = named ?? unit; return given.user.upsert({}); } }`;
    assert.deepEqual(forms(code), [
      'User.create S.a',
      'User.update S.b',
      'User.delete S.c',
      'User.upsert S.d',
    ]);
  });
});
