import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkspaceIndex, type WorkspaceIndex } from '../src/engine/code/workspaceIndex.ts';
import { silentLog } from '../test/support/silentLog.ts';

const edits = 10;

/**
 * Cold index, warm from the cache, and one edit, on generated workspaces and on the checkout that
 * SPANHOP_BENCH_CHECKOUT names. `held` is the longest that the thread's event loop stood still.
 */
export async function benchIndex(): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'spanhop-bench-'));
  try {
    for (const files of [500, 3_500]) {
      const root = join(scratch, `generated-${files}`);
      const bytes = await generateWorkspace(root, files);
      await measure(`${files} files, ${(bytes / 1e6).toFixed(1)} MB`, root, scratch);
    }
    const checkout = process.env['SPANHOP_BENCH_CHECKOUT'];
    if (checkout !== undefined) await measure(checkout, checkout, scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function measure(title: string, root: string, scratch: string): Promise<void> {
  console.log(title);
  const open = () =>
    openWorkspaceIndex(
      {
        folders: [root],
        cacheFolder: join(scratch, 'cache'),
        exclude: [],
        serviceFolders: {},
        pathMappings: [],
      },
      { log: silentLog, onProgress: () => undefined, signal: new AbortController().signal },
    );
  const index = await timed('cold', open);
  await timed('warm', open);
  await timed('one edit', () => edit(index), edits);
  await timed('what every handler reaches', () => reachAll(index));
  const { handlers, prismaCalls } = index.summary;
  const megabytes = Math.round(process.memoryUsage().heapUsed / 1e6);
  console.log(`  ${handlers} handlers, ${prismaCalls} Prisma calls, heap ${megabytes} MB`);
}

/** Adds a handler to the first controller again and again. */
async function edit(index: WorkspaceIndex): Promise<void> {
  const path = index.current.handlers[0]?.location.path ?? '';
  for (let i = 0; i < edits; i += 1) {
    await index.change([{ path, text: controllerText(0, `@Get('edit${i}') edit${i}() {}`) }]);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function reachAll(index: WorkspaceIndex): Promise<void> {
  for (const { methodId } of index.current.handlers) index.current.reachablePrismaCalls(methodId);
  return Promise.resolve();
}

async function timed<T>(title: string, run: () => Promise<T>, times = 1): Promise<T> {
  let held = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    const now = performance.now();
    held = Math.max(held, now - last - 1);
    last = now;
  }, 1);
  const cpu = process.cpuUsage();
  const started = performance.now();
  const result = await run();
  const wall = (performance.now() - started) / times;
  const used = process.cpuUsage(cpu);
  await new Promise((resolve) => setTimeout(resolve, 2));
  clearInterval(watch);
  const cpuMs = (used.user + used.system) / 1000 / times;
  console.log(
    `  ${title.padEnd(28)} ${wall.toFixed(0)} ms, CPU ${cpuMs.toFixed(0)} ms, held ${held.toFixed(0)} ms`,
  );
  return result;
}

/** A third controllers, services and plain code each, as wide as real ones; returns its bytes. */
async function generateWorkspace(root: string, files: number): Promise<number> {
  let bytes = 0;
  const write = async (name: string, text: string) => {
    bytes += Buffer.byteLength(text);
    await writeFile(join(root, name), text);
  };
  const groups = Math.floor(files / 3);
  await mkdir(join(root, 'src'), { recursive: true });
  const models = Array.from({ length: 50 }, (_, i) => `model Thing${i} {\n  id Int @id\n}`);
  await write('schema.prisma', models.join('\n'));
  await write('package.json', '{ "name": "generated" }');
  await write('src/prisma.service.ts', prismaService);
  await write('src/main.ts', mainText(groups));
  for (let i = 0; i < groups; i += 1) {
    await Promise.all([
      write(`src/c${i}.controller.ts`, controllerText(i, '')),
      write(`src/s${i}.service.ts`, serviceText(i)),
      write(`src/p${i}.ts`, plainText(i)),
    ]);
  }
  return bytes;
}

const prismaService = `import { PrismaClient } from '@prisma/client';
export class PrismaService extends PrismaClient {}`;

function mainText(groups: number): string {
  const names = Array.from({ length: groups }, (_, i) => i);
  return `import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
${names.map((i) => `import { C${i}Controller } from './c${i}.controller';`).join('\n')}
@Module({ controllers: [${names.map((i) => `C${i}Controller`).join(', ')}] })
class AppModule {}
async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.setGlobalPrefix('api');
}
bootstrap();`;
}

function controllerText(i: number, extra: string): string {
  const methods = Array.from(
    { length: 8 },
    (_, m) => `  @Get(':id/m${m}')
  @UseGuards(AuthGuard)
  @ApiResponse({ status: 200, description: 'The thing number ${m} of this controller' })
  async m${m}(@Param('id') id: string, @Query() query: Query): Promise<unknown> {
    const found = await this.service.find${m}(id, query);
    if (!found) throw new NotFoundException(\`No thing \${id}\`);
    return this.service.describe(found);
  }`,
  );
  return `import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { S${i}Service } from './s${i}.service';
@Controller('c${i}')
export class C${i}Controller {
  constructor(private readonly service: S${i}Service) {}
${extra}
${methods.join('\n')}
}`;
}

function serviceText(i: number): string {
  const methods = Array.from(
    { length: 8 },
    (_, m) => `  async find${m}(id: string, query: Query) {
    const where = { id: Number(id), ...query.where, name: { contains: query.text ?? '' } };
    const rows = await this.prisma.thing${(i + m) % 50}.findMany({ where, take: 10 });
    for (const row of rows) {
      await this.prisma.thing${(i + m + 1) % 50}.update({ where: { id: row.id }, data: { seen: true } });
    }
    return rows.filter((row) => row.visible).map((row) => plain${i}(row));
  }`,
  );
  return `import { Injectable } from '@nestjs/common';
import { PrismaService } from './prisma.service';
import { plain${i} } from './p${i}';
@Injectable()
export class S${i}Service {
  constructor(private readonly prisma: PrismaService) {}
  describe(found: unknown) { return { found }; }
${methods.join('\n')}
}`;
}

function plainText(i: number): string {
  const lines = Array.from(
    { length: 60 },
    (_, n) =>
      `  if (input.kind === 'kind${n}') return { ...input, size: ${n} * input.size, label: \`\${input.name} ${n}\` };`,
  );
  return `export function plain${i}(input: { kind: string; size: number; name: string }) {
${lines.join('\n')}
  return input;
}`;
}
