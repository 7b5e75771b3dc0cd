import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

import ts from 'typescript';

import { run } from '../../scripts/setup.mjs';
import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import { companionFolder } from './companion.ts';
import { install, nodeOf, offline, otherHandlers, type Installation } from './companionVersions.ts';
import { collectSpans } from './spanCollector.ts';

const fixture = 'test/fixtures/companion';

export type ModuleFormat = 'cjs' | 'esm';

/** The fixture, compiled for one installation; `src` and `dist` are in the folder. */
export async function buildApp(installation: Installation, format: ModuleFormat): Promise<string> {
  const { prisma } = installation;
  const installed = await install(installation);
  const app = join(installed, 'apps', format);
  await rm(app, { recursive: true, force: true });
  await cp(join(fixture, 'src'), join(app, 'src'), { recursive: true });
  await cp(join(fixture, 'src', `client.${String(prisma)}.ts`), join(app, 'src', 'client.ts'));
  for (const version of [6, 7]) await rm(join(app, 'src', `client.${String(version)}.ts`));
  const type = format === 'esm' ? 'module' : 'commonjs';
  await writeFile(join(app, 'package.json'), JSON.stringify({ name: 'cats-api', type }));
  await generateClient(installed, app, prisma, format);
  for (const name of await readdir(join(app, 'src'), { recursive: true }))
    if (name.endsWith('.ts')) await transpile(app, name, format);
  await copyCompanion(app);
  return app;
}

/** The fixture with handlers that no HTTP request calls, in CommonJS. */
export async function buildOthers(): Promise<string> {
  const app = join(await install(otherHandlers), 'apps', 'others');
  await rm(app, { recursive: true, force: true });
  await cp(join(fixture, 'others'), join(app, 'src'), { recursive: true });
  for (const name of await readdir(join(app, 'src'))) await transpile(app, name, 'cjs');
  await copyCompanion(app);
  return app;
}

/** Runs it to its end. `redisPort` undefined: without queues. */
export async function spansOfOthers(
  app: string,
  redisPort: number | undefined,
): Promise<readonly RawSpan[]> {
  const collector = await collectSpans();
  try {
    const args = ['--import', '@spanhop/otel/register', join(app, 'dist', 'main.js')];
    const env = {
      ...process.env,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      ...(redisPort === undefined ? {} : { REDIS_PORT: String(redisPort) }),
    };
    await run(process.execPath, args, { cwd: app, env });
    return collector.spans;
  } finally {
    await collector.close();
  }
}

async function generateClient(
  installed: string,
  app: string,
  prisma: number,
  format: ModuleFormat,
): Promise<void> {
  const generator = await readFile(join(fixture, `schema.${String(prisma)}.prisma`), 'utf8');
  const models = await readFile(join(fixture, 'models.prisma'), 'utf8');
  const schema = join(app, 'prisma', 'schema.prisma');
  await mkdir(dirname(schema), { recursive: true });
  await writeFile(schema, generator.replace('__FORMAT__', format) + models);
  const program = join(installed, 'node_modules', 'prisma', 'build', 'index.js');
  const env = { ...process.env, ...offline, DATABASE_URL: 'file:none.db' };
  await run(process.execPath, [program, 'generate', '--schema', schema], { cwd: app, env });
}

/** One file alone, as build tools that check no types do it. */
async function transpile(app: string, name: string, format: ModuleFormat): Promise<void> {
  const source = join(app, 'src', name);
  const target = join(app, 'dist', name.replace(/\.ts$/, '.js'));
  const { outputText, sourceMapText } = ts.transpileModule(await readFile(source, 'utf8'), {
    fileName: name,
    compilerOptions: {
      module: format === 'esm' ? ts.ModuleKind.ES2022 : ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      useDefineForClassFields: false,
      esModuleInterop: true,
      sourceMap: true,
    },
  });
  const map = JSON.parse(sourceMapText ?? '{}') as { sources: string[] };
  map.sources = [relative(dirname(target), source)];
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, outputText);
  await writeFile(`${target}.map`, JSON.stringify(map));
}

async function copyCompanion(app: string): Promise<void> {
  const from = await companionFolder();
  const to = join(app, 'node_modules', '@spanhop', 'otel');
  for (const part of ['package.json', 'dist'])
    await cp(join(from, part), join(to, part), { recursive: true });
}

export interface AppRun {
  readonly node: number;
  readonly platform: 'express' | 'fastify';
  /** How the companion is added. */
  readonly by: 'register' | 'processor';
}

/** Starts the application, asks for the paths one after the other, ends it: the spans it sent. */
export async function spansOfApp(
  app: string,
  format: ModuleFormat,
  { node, platform, by }: AppRun,
  paths: readonly string[],
): Promise<readonly RawSpan[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'spanhop-cats-'));
  const collector = await collectSpans();
  const imports = [
    ...(by === 'register' ? ['--import', '@spanhop/otel/register'] : []),
    ...(format === 'esm' ? ['--import', pathToFileURL(await hookFile(app)).href] : []),
  ];
  const service = spawn(await nodeOf(node), [...imports, join(app, 'dist', 'main.js')], {
    cwd: app,
    env: {
      ...process.env,
      PLATFORM: platform,
      COMPANION: by,
      DATABASE_URL: `file:${join(scratch, 'cats.db')}`,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  service.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const ended = once(service, 'exit');
  try {
    let url: string | undefined;
    for await (const line of createInterface(service.stdout)) {
      url = /^listening on (\S+)/.exec(line)?.[1];
      if (url !== undefined) break;
    }
    if (url === undefined) throw new Error(`The application did not start: ${printed}`);
    for (const path of paths) await (await fetch(url + path)).text();
  } finally {
    service.kill('SIGTERM');
    await ended;
    await collector.close();
    await rm(scratch, { recursive: true, force: true });
  }
  return collector.spans;
}

/** What OpenTelemetry asks of applications that are ES modules. */
async function hookFile(app: string): Promise<string> {
  const file = join(app, 'hook.mjs');
  await writeFile(
    file,
    `import { register } from 'node:module';
register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);
`,
  );
  return file;
}
