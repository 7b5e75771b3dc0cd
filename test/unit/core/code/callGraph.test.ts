import assert from 'node:assert/strict';
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
  return index
    .reachablePrismaCalls(start.id)
    .map(({ call, distance }) => `${call.model ?? ''}.${call.operation} ${distance}`);
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
    assert.deepEqual(index.reachablePrismaCalls(y!.id), []);
  });

  it('an id of a method that is gone reaches nothing', () => {
    const index = indexFiles(prisma);
    assert.deepEqual(index.reachablePrismaCalls('/ws/gone.ts#A.b'), []);
    assert.equal(index.method('/ws/gone.ts#A.b'), undefined);
  });
});
