import { deepEqual, equal, match } from 'node:assert/strict';
import { mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indexReport } from '../../../../src/core/code/indexReport.ts';
import type { CodeIndex } from '../../../../src/core/code/model.ts';
import { httpHandlers, prismaCallsOf } from '../../../support/memoryWorkspace.ts';
import { openIndex } from '../../../support/openIndex.ts';
import { writeFiles } from '../../../support/writeFiles.ts';

const schema = (model: string) => `model ${model} {\n  id Int @id\n}\n`;

/** A call whose receiver's type only a module elsewhere knows, on a model of a schema elsewhere. */
const service = (from: string) => `import { Injectable } from '@nestjs/common';
import { DbService } from '${from}';
@Injectable() export class OrdersService {
  constructor(private readonly db: DbService) {}
  all() { return this.db.order.findMany(); }
}`;
const db = `import { Injectable } from '@nestjs/common';
import { PrismaClient } from '@prisma/client';
@Injectable() export class DbService extends PrismaClient {
  last() { return this.order.findFirst(); }
}`;
const controller = (path: string) => `import { Controller, Get } from '@nestjs/common';
@Controller('${path}') export class C { @Get() get() {} }`;

describe('a package of a repository that is opened alone', () => {
  let top: string;
  beforeEach(async () => {
    top = await realpath(await mkdtemp(join(tmpdir(), 'spanhop-around-')));
    await writeFiles(top, { '.git/HEAD': 'ref: refs/heads/main\n' });
  });
  afterEach(() => rm(top, { recursive: true, force: true }));

  const write = (files: Readonly<Record<string, string>>) => writeFiles(top, files);

  const open = (folder: string, isTrusted = true) => openIndex(join(top, folder), isTrusted);
  const calls = (index: CodeIndex) =>
    prismaCallsOf(index)
      .map(({ location, model, operation }) => {
        const { path, line } = location;
        return `${path.slice(top.length + 1)}:${line} ${model ?? ''}.${operation}`;
      })
      .sort();
  const both = [
    'apps/api/orders.service.ts:5 Order.findMany',
    'packages/db/src/index.ts:4 Order.findFirst',
  ];

  it('finds modules and schema of a package that the workspaces of the repository name', async () => {
    await write({
      'package.json': '{"workspaces":["apps/*","packages/**"]}',
      'apps/api/package.json': '{"name":"api","dependencies":{"@acme/db":"*"}}',
      'apps/api/orders.service.ts': service('@acme/db'),
      'packages/db/package.json': '{"name":"@acme/db","main":"dist/index.js"}',
      'packages/db/src/index.ts': db,
      'packages/db/prisma/schema.prisma': schema('Order'),
    });
    const { current } = await open('apps/api');
    deepEqual(calls(current), both);
    deepEqual(
      indexReport(current, join(top, 'apps/api')).prismaCalls.map(({ file }) => file),
      ['orders.service.ts'],
    );
  });

  it('finds them by pnpm’s globs, by paths of a tsconfig that it extends, and by their place', async () => {
    await write({
      'pnpm-workspace.yaml': 'packages:\n  # all of them\n  - "packages/*"\n  - apps/*\n',
      'apps/api/package.json': '{"name":"api"}',
      'apps/api/orders.service.ts': service('@acme/db'),
      'packages/db/package.json': '{"name":"@acme/db","prisma":{"schema":"models"}}',
      'packages/db/src/index.ts': db,
      'packages/db/models/order/order.prisma': schema('Order'),
    });
    deepEqual(calls((await open('apps/api')).current), both);
    await rm(join(top, 'pnpm-workspace.yaml'));
    await write({
      'config/base.json':
        '{"compilerOptions":{"baseUrl":"..","paths":{"@acme/db":["packages/db/src"]}}}',
      'apps/api/tsconfig.json': '{"extends":"../../config/base"}',
    });
    deepEqual(calls((await open('apps/api')).current), both);
    await rm(join(top, 'apps/api/tsconfig.json'));
    await write({ 'apps/api/orders.service.ts': service('../../packages/db/src') });
    deepEqual(calls((await open('apps/api')).current), both);
  });

  it('reads the schema that package.json or prisma.config names, or that lies above', async () => {
    const own = { 'apps/api/orders.service.ts': service('./db'), 'apps/api/db.ts': db };
    const found = [
      'apps/api/db.ts:4 Order.findFirst',
      'apps/api/orders.service.ts:5 Order.findMany',
    ];
    await write({
      ...own,
      'apps/api/package.json': '{"prisma":{"schema":"../../database/schema.prisma"}}',
      'database/schema.prisma': schema('Order'),
    });
    deepEqual(calls((await open('apps/api')).current), found);
    await write({
      'apps/api/package.json': '{}',
      'prisma.config.ts': `export default { schema: path.join(__dirname, 'database', 'schema.prisma') }`,
    });
    deepEqual(calls((await open('apps/api')).current), found);
  });

  it('takes no handlers of the files around it', async () => {
    await write({
      'apps/api/app.module.ts': `import { Module } from '@nestjs/common';
import { C as Health } from '../../libs/health/health.controller';
import { C } from './own.controller';
@Module({ controllers: [C, Health] }) export class AppModule {}`,
      'apps/api/own.controller.ts': controller('own'),
      'libs/health/health.controller.ts': controller('health'),
    });
    const { current } = await open('apps/api');
    deepEqual(
      current.handlers.map((handler) => handler.kind === 'http' && handler.path),
      ['/own'],
    );
    equal(current.files.size, 2);
  });

  it('says that a schema is missing, and reads nothing around a folder that is not trusted', async () => {
    await write({
      'apps/api/orders.service.ts': service('../../packages/db/src'),
      'apps/api/db.ts': db,
      'packages/db/src/index.ts': db,
      'packages/db/schema.prisma': schema('Order'),
    });
    equal((await open('apps/api')).current.problems.length, 0);
    const { current } = await open('apps/api', false);
    match(current.problems.map(({ message }) => message).join(), /^No Prisma schema found/);
    deepEqual(
      calls(current).filter((call) => call.startsWith('packages')),
      [],
    );
  });

  it('follows an edit of such a file, and of an import that leads to another', async () => {
    await write({
      'apps/api/orders.service.ts': service('./nothing'),
      'packages/db/src/index.ts': db,
      'packages/db/prisma/schema.prisma': schema('Order'),
    });
    const index = await open('apps/api');
    deepEqual(calls(index.current), []);
    const path = join(top, 'apps/api/orders.service.ts');
    const text = service('../../packages/db/src');
    deepEqual(calls(await index.change([{ path, text }])), both);
    const other = join(top, 'packages/db/src/index.ts');
    const edited = await index.change([{ path: other, text: db.replace('last', '\n\n last') }]);
    deepEqual(calls(edited), [both[0], 'packages/db/src/index.ts:6 Order.findFirst']);
  });

  it('looks no longer for packages than their globs are worth', async () => {
    const name = 'a'.repeat(200);
    await write({
      'package.json': JSON.stringify({
        workspaces: [...Array(500).keys()].map((i) => `**/x/**/**/y${String(i)}`),
      }),
      'pnpm-workspace.yaml': `packages:\n  - '${'*a'.repeat(30)}b'\n  - ${' '.repeat(90_000)}""x\n`,
      [`${name}/package.json`]: '{"name":"long"}',
      ...Object.fromEntries(
        [...Array(60).keys()].map((i) => [
          `d${String(i % 7)}/x/e${String(i)}/x/package.json`,
          '{}',
        ]),
      ),
      'apps/api/c.ts': controller('c'),
    });
    const started = performance.now();
    equal(httpHandlers((await open('apps/api')).current).length, 1);
    equal(performance.now() - started < 10_000, true);
  });

  it('passes over links to themselves and names that are too long', async () => {
    const imports = ['loop', 'n'.repeat(300), 'd/'.repeat(4_000)];
    await write({
      'package.json': '{}',
      'apps/api/c.ts': `${imports.map((name) => `import { x } from '../../${name}';`).join('\n')}
${controller('c')}`,
    });
    for (const name of ['loop.ts', 'schema.prisma', 'prisma', 'tsconfig.json', 'apps/api/.git'])
      await symlink(name.split('/').at(-1) ?? '', join(top, name));
    equal(httpHandlers((await open('apps/api')).current).length, 1);
  });
});
