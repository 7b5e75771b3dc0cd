import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { run } from '../../scripts/setup.mjs';
import { attributeOf, textAttribute, type RawSpan } from '../../src/core/trace/rawSpan.ts';
import {
  accuracyTable,
  mapWithCommandLine,
  placesByCompanion,
  score,
  totals,
  withoutCode,
} from '../support/accuracy.ts';
import { buildApp, spansOfApp, type AppRun, type ModuleFormat } from '../support/companionApp.ts';
import { installations, type Installation } from '../support/companionVersions.ts';
import { readMarkers } from '../support/markers.ts';

const source = 'test/fixtures/companion/src';
const markers = readMarkers(source, ['cats.controller.ts', 'cats.repository.ts']);
const routes = [...markers.keys()].flatMap((key) =>
  key.endsWith(' handler') ? [key.split(' ')[0]!] : [],
);
const pathOf = (route: string) => `/cats/${route}${route === 'piped' ? '/x' : ''}`;
const paths = [...routes, 'message'].map(pathOf);

/** Each version of Node with each kind of module, and each platform with each kind. */
const runs: Readonly<Record<ModuleFormat, readonly AppRun[]>>[] = [
  {
    cjs: [
      { node: 20, platform: 'express', by: 'register' },
      { node: 24, platform: 'fastify', by: 'processor' },
    ],
    esm: [
      { node: 20, platform: 'fastify', by: 'register' },
      { node: 22, platform: 'express', by: 'processor' },
    ],
  },
  {
    cjs: [
      { node: 22, platform: 'express', by: 'processor' },
      { node: 20, platform: 'fastify', by: 'register' },
    ],
    esm: [
      { node: 24, platform: 'express', by: 'register' },
      { node: 20, platform: 'fastify', by: 'processor' },
    ],
  },
  {
    cjs: [
      { node: 24, platform: 'express', by: 'register' },
      { node: 22, platform: 'fastify', by: 'processor' },
      { node: 20, platform: 'express', by: 'processor' },
    ],
    esm: [
      { node: 20, platform: 'express', by: 'register' },
      { node: 22, platform: 'fastify', by: 'register' },
      { node: 24, platform: 'fastify', by: 'processor' },
    ],
  },
];

for (const [position, installation] of installations.entries()) {
  describe(`the companion with ${installation.name}`, function () {
    this.timeout(600_000);

    it('has types that its SDK accepts', () => checkTypes(installation));

    for (const format of ['cjs', 'esm'] as const) {
      for (const appRun of runs[position]![format]) {
        const { node, platform, by } = appRun;
        describe(`on Node ${String(node)}, ${platform}, ${format}, by ${by}`, () => {
          let app = '';
          let spans: readonly RawSpan[] = [];
          before(async () => {
            app = await builtApp(installation, format);
            spans = await spansOfApp(app, format, appRun, paths);
          });

          it('names the handler on the spans of each request', () => {
            for (const route of routes) checkHandler(spans, route);
          });

          it('names the line of each Prisma call', () => {
            for (const route of routes) checkCalls(spansOf(spans, route), route);
          });

          it('names the line that starts a span of the team’s own', () => {
            const named = (name: string) =>
              lineOf(spansOf(spans, 'spans').find((one) => one.name === name));
            assert.equal(named('feed'), markers.get('spans feed'));
            assert.equal(named('groom'), markers.get('spans groom'));
          });

          it('names the handler of a message, and what it calls', () => {
            const consumer = spans.find(({ kind }) => kind === 'consumer');
            assert.equal(lineOf(consumer), markers.get('message consumer'));
            const inside = spans.filter(({ traceId }) => traceId === consumer?.traceId);
            assert.deepEqual(callsIn(inside), [markers.get('returned 1')]);
          });

          it('agrees with the ladder wherever that is sure', async () => {
            const lines = await mapWithCommandLine(withoutCode(spans), app);
            const scores = score(spans, lines, placesByCompanion(spans, app));
            const misses = scores.flatMap((one) =>
              one.misses.map((miss) => `${one.kind}: ${miss}`),
            );
            console.log([accuracyTable(scores), ...misses].join('\n'));
            assert.equal(totals(scores).surelyWrong, 0);
          });
        });
      }
    }
  });
}

const apps = new Map<string, Promise<string>>();
function builtApp(installation: Installation, format: ModuleFormat): Promise<string> {
  const key = `${installation.name} ${format}`;
  const built = apps.get(key) ?? buildApp(installation, format);
  apps.set(key, built);
  return built;
}

/** `cats.repository.ts:24`, or `none`. */
function lineOf(span: RawSpan | undefined): string {
  const path = span && textAttribute(span.attributes, 'code.file.path');
  const line = span && attributeOf(span.attributes, 'code.line.number');
  return path === undefined ? 'none' : `${basename(path)}:${String(line)}`;
}

/** All spans of the traces of the one request of a route. */
function spansOf(spans: readonly RawSpan[], route: string): readonly RawSpan[] {
  const server = spans.find(
    ({ kind, attributes }) =>
      kind === 'server' && textAttribute(attributes, 'url.path', 'http.target') === pathOf(route),
  );
  assert.ok(server, `a server span of ${route}`);
  return spans.filter(({ traceId }) => traceId === server.traceId);
}

function checkHandler(spans: readonly RawSpan[], route: string): void {
  const handler = markers.get(`${route} handler`);
  for (const span of spansOf(spans, route)) {
    if (span.kind !== 'server' && attributeOf(span.attributes, 'nestjs.type') === undefined)
      continue;
    assert.equal(lineOf(span), handler, `${route}: ${span.name}`);
  }
}

function checkCalls(spans: readonly RawSpan[], route: string): void {
  const expected = [...markers]
    .filter(([key]) => key.startsWith(`${route} `) && /\d$/.test(key))
    .map(([, line]) => line);
  assert.deepEqual(callsIn(spans), expected.sort(), route);
  const transaction = spans.find(({ name }) => name === 'prisma:client:transaction');
  assert.equal(lineOf(transaction), markers.get(`${route} transaction`) ?? 'none', route);
}

const callsIn = (spans: readonly RawSpan[]) =>
  spans
    .filter(({ name }) => name === 'prisma:client:operation')
    .map(lineOf)
    .sort();

async function checkTypes(installation: Installation): Promise<void> {
  const app = await builtApp(installation, 'cjs');
  const file = join(app, 'types.ts');
  await writeFile(
    file,
    `import '@spanhop/otel/register';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { codeLocation, CodeLocationProcessor, locatePrismaCalls } from '@spanhop/otel';
const locate = ({ name }: { name?: string }) => name === 'groom';
new NodeTracerProvider({ spanProcessors: [new CodeLocationProcessor({ locate, names: 'both' })] });
export const same: { readonly a: 1 } = locatePrismaCalls({ a: 1 } as const);
export const attributes = codeLocation();
`,
  );
  for (const [module, resolution] of [
    ['node16', 'node16'],
    ['commonjs', 'node10'],
    ['esnext', 'bundler'],
  ] as const) {
    const options = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--ignoreDeprecations',
      '6.0',
    ];
    const args = [
      ...options,
      '--module',
      module,
      '--moduleResolution',
      resolution,
      '--target',
      'es2022',
    ];
    await run(process.execPath, ['node_modules/typescript/bin/tsc', ...args, file], {
      cwd: process.cwd(),
    });
  }
}
