import assert from 'node:assert/strict';
import { prismaCallsReached } from '../../../../src/core/matching/calls/prisma/prismaCallsReached.ts';
import { indexFiles } from '../../../support/memoryWorkspace.ts';

const prisma = {
  'schema.prisma': 'model User { id Int }\nmodel Log { id Int }',
  'prisma.ts': `import { PrismaClient } from '@prisma/client'; export class PrismaService extends PrismaClient {}`,
};

/** What is reachable from `Class.method`, as `Model.operation distance`. */
function reach(
  files: Readonly<Record<string, string>>,
  className: string,
  method: string,
): string[] {
  const index = indexFiles({ ...prisma, ...files });
  const [start] = index.methodsNamed(className, method);
  assert.ok(start, `${className}.${method} is not indexed`);
  return prismaCallsReached(index, start.id).map(
    ({ call, distance, model }) => `${model ?? call.model ?? ''}.${call.operation} ${distance}`,
  );
}

describe('reachable Prisma calls', () => {
  it('follows injected services, own methods and imported functions, nearest first', () => {
    const files = {
      'c.ts': `import { Users } from './users'; import * as tools from './tools';
class C { constructor(private readonly users: Users) {}
  get() { tools.audit(); return this.own(); }
  own() { return this.users.list(); } }`,
      'users.ts': `import { PrismaService } from './prisma';
export class Users { constructor(private prisma: PrismaService) {} list() { return this.prisma.user.findMany(); } }`,
      'tools.ts': `import { PrismaService } from './prisma'; const db = new PrismaService();
export const audit = async () => [1].map(() => db.log.create({}));`,
    };
    assert.deepEqual(reach(files, 'C', 'get'), ['Log.create 1', 'User.findMany 2']);
  });

  it('follows super, inherited methods, and abstract ones to their implementation', () => {
    const files = {
      'a.ts': `import { PrismaService } from './prisma';
abstract class Base { constructor(protected prisma: PrismaService) {}
  run() { return this.step(); } save() { return this.prisma.log.create({}); } abstract step(): unknown; }
class Derived extends Base { step() { return super.save(); } go() { return this.run(); } }`,
    };
    assert.deepEqual(reach(files, 'Derived', 'go'), ['Log.create 3']);
  });

  it('follows interfaces and tokens to the class that is provided', () => {
    const files = {
      'a.ts': `import { PrismaService } from './prisma';
interface Store { put(): void } interface Reader { read(): void }
class SqlStore implements Store { constructor(private p: PrismaService) {} put() { this.p.user.update({}); } }
class SqlReader { constructor(private p: PrismaService) {} read() { this.p.user.findFirst({}); } }
const providers = [{ provide: 'READER', useClass: SqlReader }];
class C { constructor(private store: Store, @Inject('READER') private reader: Reader) {}
  put() { this.store.put(); } read() { this.reader.read(); } }`,
    };
    assert.deepEqual(reach(files, 'C', 'put'), ['User.update 1']);
    assert.deepEqual(reach(files, 'C', 'read'), ['User.findFirst 1']);
  });

  it('follows methods of what a function of the workspace gives, each of the classes it may be of', () => {
    const files = {
      'a.ts': `import { PrismaService } from './prisma'; const p = new PrismaService();
class Csv { read() { return p.user.count(); } } class Xls { read() { return p.log.count(); } }
const importer = (type: string) => { switch (type) { case 'csv': return new Csv(); default: return new Xls(); } };
let only: Csv; const lazily = () => { if (!only) only = new Csv(); return only; };
class C { one() { return lazily().read(); } either(type: string) { const from = importer(type); return from.read(); } }`,
    };
    assert.deepEqual(reach(files, 'C', 'one'), ['User.count 1']);
    assert.deepEqual(reach(files, 'C', 'either'), ['User.count 1', 'Log.count 1']);
  });

  it('methods that call each other end, each call once', () => {
    const files = {
      'a.ts': `import { PrismaService } from './prisma';
class C { constructor(private p: PrismaService) {}
  a() { this.b(); this.b(); } b() { this.a(); this.b(); this.p.user.count(); } }`,
    };
    assert.deepEqual(reach(files, 'C', 'a'), ['User.count 1']);
  });

  it('two classes of one name stay apart', () => {
    const index = indexFiles({
      ...prisma,
      'a.ts': `import { PrismaService } from './prisma'; class S { constructor(private p: PrismaService) {} x() { this.p.user.count(); } }`,
      'b.ts': `class S { x() {} }\nclass T { constructor(private s: S) {} y() { this.s.x(); } }`,
    });
    assert.equal(index.methodsNamed('S', 'x').length, 2);
    const [y] = index.methodsNamed('T', 'y');
    assert.deepEqual(index.reachableCalls(y!.id), []);
  });

  it('an id of a method that is gone reaches nothing', () => {
    const index = indexFiles(prisma);
    assert.deepEqual(index.reachableCalls('/ws/gone.ts#A.b'), []);
    assert.equal(index.method('/ws/gone.ts#A.b'), undefined);
  });

  const imports = `import { PrismaService } from './prisma';\n`;
  /** Sorted, without distances. */
  const reached = (code: string, className: string, method: string) =>
    reach({ 'a.ts': imports + code }, className, method)
      .map((text) => text.replace(/ \d+$/, ''))
      .sort();

  it('of several implementations takes the one that a module provides', () => {
    const code = (
      token: string,
      inject: string,
    ) => `abstract class Store { abstract put(): unknown; }
class SqlStore extends Store { constructor(private p: PrismaService) { super(); } put() { return this.p.user.update({}); } }
class LogStore extends Store { constructor(private p: PrismaService) { super(); } put() { return this.p.log.create({}); } }
@Module({ providers: [{ provide: ${token}, useClass: SqlStore }] }) class M {}
class C { constructor(${inject} private store: Store) {} put() { return this.store.put(); } }`;
    assert.deepEqual(reached(code('Store', ''), 'C', 'put'), ['User.update']);
    assert.deepEqual(reached(code("'STORE'", "@Inject('STORE')"), 'C', 'put'), ['User.update']);
  });

  it('a template method runs the steps of the class that is called', () => {
    const code = `abstract class Base { constructor(protected p: PrismaService) {} run() { return this.step(); } abstract step(): unknown; }
class A extends Base { step() { return this.p.user.update({}); } }
class B extends Base { step() { return this.p.log.create({}); } }
class C { constructor(private a: A) {} go() { return this.a.run(); } any(base: Base) { return base.run(); } }`;
    assert.deepEqual(reached(code, 'C', 'go'), ['User.update']);
    assert.deepEqual(reached(code, 'C', 'any'), ['Log.create', 'User.update']);
  });

  it('a generic repository’s call has the model of the class that is called', () => {
    const code = `abstract class Repo<D> { constructor(protected d: D) {} all() { return (this.d as any).findMany(); } }
class Users extends Repo<any> { constructor(p: PrismaService) { super(p.user); } }
class Logs extends Repo<any> { constructor(p: PrismaService) { super(p.log); } }
class C { constructor(private users: Users) {} go() { return this.users.all(); } }`;
    assert.deepEqual(reached(code, 'C', 'go'), ['User.findMany']);
  });

  it('functions handed on, bound, kept in locals, properties and objects are called', () => {
    const code = `const tools = { log: (p: PrismaService) => p.log.create({}) };
async function count(p: PrismaService) { return p.user.count(); }
class C { private later: () => unknown; readonly loader = new DataLoader(() => this.load());
  private table = { a: () => this.p.user.delete({}) };
  constructor(private p: PrismaService) { this.later = () => this.p.user.upsert({}); }
  load() { return this.p.user.findMany({}); }
  one() { return this.p.user.update({}); }
  get first() { return this.p.user.findFirst({}); }
  handed() { return [1].map(this.one); }
  bound() { return run(this.one.bind(this)); }
  local() { const one = this.one; return one.call(this); }
  named() { return [this.p].map(count); }
  getter() { return this.first; }
  object() { return tools.log(this.p); }
  keyed(key: string) { return this.table[key](); }
  late() { return this.later(); }
  loaded() { return this.loader.load(1); } }`;
    const calls = (method: string) => reached(code, 'C', method);
    assert.deepEqual(calls('handed'), ['User.update']);
    assert.deepEqual(calls('bound'), ['User.update']);
    assert.deepEqual(calls('local'), ['User.update']);
    assert.deepEqual(calls('named'), ['User.count']);
    assert.deepEqual(calls('getter'), ['User.findFirst']);
    assert.deepEqual(calls('object'), ['Log.create']);
    assert.deepEqual(calls('keyed'), ['User.delete']);
    assert.deepEqual(calls('late'), ['User.upsert']);
    assert.deepEqual(calls('loaded'), ['User.findMany']);
  });

  it('a method that an extension at the top of a file adds runs what is in it', () => {
    const code = `import { PrismaClient } from '@prisma/client'; export const client = new PrismaClient().$extends({ model: { user: { async byMail() { return client.user.findFirst({}); }, seen: () => client.log.create({}) } } });
class C { mail() { return client.user.byMail(); } see() { return client.user.seen(); } }`;
    assert.deepEqual(reached(code, 'C', 'mail'), ['User.findFirst']);
    assert.deepEqual(reached(code, 'C', 'see'), ['Log.create']);
  });

  it('constructors run with new, and a command’s handler when it is made', () => {
    const code = `class Job { constructor(p: PrismaService) { p.log.create({}); } }
class CreateUser { constructor(readonly name: string) {} }
@CommandHandler(CreateUser) class Handler { constructor(private p: PrismaService) {} execute() { return this.p.user.create({}); } }
class C { constructor(private bus: CommandBus, private p: PrismaService) {}
  job() { return new Job(this.p); } send() { return this.bus.execute(new CreateUser('x')); } }`;
    assert.deepEqual(reached(code, 'C', 'job'), ['Log.create']);
    assert.deepEqual(reached(code, 'C', 'send'), ['User.create']);
  });

  it('handlers of an event run when it is made, as for an aggregate that is committed', () => {
    const code = `class Paid { constructor(readonly id: number) {} } class Other {}
@EventsHandler(Other, Paid) class Audit { constructor(private p: PrismaService) {} handle() { return this.p.log.create({}); } }
@EventsHandler(Paid) class Mail { constructor(private p: PrismaService) {} handle() { return this.p.user.update({}); } }
class C { pay() { const order = new Order(); order.apply(new Paid(1)); order.commit(); } }`;
    assert.deepEqual(reached(code, 'C', 'pay'), ['Log.create', 'User.update']);
  });

  it('are those of every class that a value may be of', () => {
    const code = `class A { constructor(private p: PrismaService) {} run() { return this.p.user.update({}); } }
class B { constructor(private p: PrismaService) {} run() { return this.p.log.create({}); } }
class C { constructor(private a: A, private b: B) {}
  private typed(): A | B { return this.a; } private chosen(x: boolean) { return x ? this.b : this.a; }
  union() { const one = this.typed(); return one.run(); } either() { return this.chosen(true).run(); } }`;
    assert.deepEqual(reached(code, 'C', 'union'), ['Log.create', 'User.update']);
    assert.deepEqual(reached(code, 'C', 'either'), ['Log.create', 'User.update']);
  });

  it('elements of typed arrays are of their class, in loops and callbacks', () => {
    const code = `interface Step { run(): unknown }
class A implements Step { constructor(private p: PrismaService) {} run() { return this.p.user.update({}); } }
class B implements Step { constructor(private p: PrismaService) {} run() { return this.p.log.create({}); } }
class C { private steps: Step[]; private all: A[];
  loop() { for (const step of this.steps) step.run(); }
  map() { return this.all.map((step) => step.run()); } }`;
    assert.deepEqual(reached(code, 'C', 'loop'), ['Log.create', 'User.update']);
    assert.deepEqual(reached(code, 'C', 'map'), ['User.update']);
  });

  it('listeners of events are not followed, and whoever emits says so', () => {
    const open = (code: string, method: string) => {
      const index = indexFiles({ ...prisma, 'a.ts': imports + code });
      return index.callsUnknown(index.methodsNamed('C', method)[0]!.id);
    };
    const emitting = `class C { constructor(private events: EventEmitter2, private p: PrismaService) {}
  go() { this.events.emit('x'); } quiet() { return this.p.user.count(); }
  extended() { return this.p.user.byEmail('x'); } given() { return this.registry.find('x').run(); } private registry; }`;
    const listening = `${emitting} class L { constructor(private p: PrismaService) {} @OnEvent('x') on() { return this.p.log.create({}); } }`;
    assert.deepEqual(reached(listening, 'C', 'go'), []);
    assert.equal(open(listening, 'go'), true);
    assert.equal(open(emitting, 'go'), false);
    assert.equal(open(emitting, 'quiet'), false);
    assert.equal(open(emitting, 'extended'), true);
    assert.equal(open(emitting, 'given'), true);
  });

  it('called on what a method gives are not followed where its type is not known, and the method says so', () => {
    const code = `class A { constructor(private p: PrismaService) {} load() { return this.p.user.count(); } }
class C { private all; pick(name: string) { for (const one of this.all) if (one.is(name)) return one; }
  go() { const one = this.pick('a'); return one.load(); } shown() { return this.pick('a').toFixed(); } }`;
    const index = indexFiles({ ...prisma, 'a.ts': imports + code });
    const isOpen = (method: string) => index.callsUnknown(index.methodsNamed('C', method)[0]!.id);
    assert.equal(isOpen('go'), true);
    assert.equal(isOpen('shown'), isOpen('pick'));
  });
});

describe('what a method calls', () => {
  const index = indexFiles({
    'a.ts': `import Stripe from 'stripe'; import { Logger } from '@nestjs/common'; import { v4 } from 'uuid';
class Payments { private readonly stripe = new Stripe(''); private readonly logger = new Logger(); private unknown;
  charge() { this.logger.log(v4()); return this.stripe.charges.create({}); }
  note() { this.logger.log(v4()); this.note(); }
  run() { this.unknown.go(); } }
class C { constructor(private readonly payments: Payments) {}
  pay() { this.payments.note(); return this.payments.charge(); } }`,
  });
  const calleesOf = (className: string, method: string) => {
    const { methods, ...rest } = index.callees(index.methodsNamed(className, method)[0]!.id);
    return { methods: methods.map((id) => id.split('#')[1]), ...rest };
  };

  it('are methods of the workspace, once each', () => {
    const methods = ['Payments.note', 'Payments.charge'];
    assert.deepEqual(calleesOf('C', 'pay'), { methods, isOpen: false, callsPackages: false });
  });

  it('are packages, unless these ask nobody for anything', () => {
    assert.equal(calleesOf('Payments', 'charge').callsPackages, true);
    assert.equal(calleesOf('Payments', 'note').callsPackages, false);
  });

  it('may be unknown, and of a method that is gone are none', () => {
    assert.equal(calleesOf('Payments', 'run').isOpen, true);
    const none = { methods: [], isOpen: false, callsPackages: false };
    assert.deepEqual(index.callees('/ws/gone.ts#A.b'), none);
  });
});
