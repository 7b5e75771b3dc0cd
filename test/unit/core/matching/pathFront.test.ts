import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SpanMatch } from '../../../../src/core/matching/match.ts';
import { makeIndex } from '../../../support/codeIndex.ts';
import { mapSpans, noSourceMaps } from '../../../support/mapTrace.ts';
import { makeSpan } from '../../../support/span.ts';

const filter = 'src/filters/http-error.filter.ts';
const files = {
  'src/main.ts': { '': { bootstrap: { at: 4, to: 8 } } },
  [filter]: { HttpErrorFilter: { catch: { at: 6, to: 10 } } },
  'src/loans/loans.service.ts': { LoansService: { card: { at: 4, to: 9 } } },
};
/** One service, opened by itself. */
const alone = makeIndex({
  '/home/me/ws': { name: 'lending-api', services: ['lending-api'], files },
});
/** A monorepo: two services and a package that both use. */
const monorepo = makeIndex({
  '/ws': { name: 'acme', files: {} },
  '/ws/apps/api': { name: '@acme/api', services: ['api'], files },
  '/ws/apps/web': {
    name: '@acme/web',
    files: {
      'src/main.ts': { '': { bootstrap: { at: 4, to: 8 } } },
      'src/pages.ts': { Pages: { show: { at: 4, to: 8 } } },
    },
  },
  '/ws/libs/shared': { files: { 'src/log.ts': { Log: { write: { at: 4, to: 9 } } } } },
});
/** The same with one package.json, as Nest's own command makes monorepos. */
const oneProject = makeIndex({
  '/ws': {
    name: 'acme',
    services: ['api'],
    files: {
      'apps/api/src/main.ts': files['src/main.ts'],
      [`apps/api/${filter}`]: files[filter],
      'libs/shared/src/log.ts': { Log: { write: { at: 4, to: 9 } } },
    },
  },
});

/** `exact apps/api/src/main.ts` for each path, line 6 of it, of spans of one trace. */
function places(
  index: typeof alone,
  service: string,
  paths: readonly string[],
  options = noSourceMaps,
): string[] {
  const spans = paths.map((path, at) =>
    makeSpan({
      id: `${at}`,
      start: at,
      service,
      attributes: { 'code.file.path': path, 'code.line.number': 6 },
    }),
  );
  const { trace, matches } = mapSpans(spans, index, options);
  const byId = new Map(trace.spans.map(({ spanId }, row) => [spanId, matches[row]!]));
  return spans.map(({ spanId }) => shown(byId.get(spanId)!));
}

function shown(match: SpanMatch): string {
  if (match.confidence === 'unmapped') return 'unmapped';
  const others = match.alternatives.length > 0 ? ` +${match.alternatives.length}` : '';
  const path = match.location.path.replace(/^.*\/ws\//, '');
  return `${match.confidence} ${path}${others}`;
}

const only = (index: typeof alone, service: string, path: string) =>
  places(index, service, [path])[0];

describe('the folders in front of a common end', () => {
  it('may be any that a service alone runs in', () => {
    for (const front of [
      '/app',
      '/usr/src/app',
      '/home/node/app',
      '/srv/lending',
      '/workspace',
      '/opt/app-root/src',
      '/home/me/projects/thing',
      '/home/runner/work/lending/lending',
      '/opt/lending/releases/20240101',
      '/srv/app/releases/2.1.0',
      '/srv/app/current',
      '/app/server',
      '/app/apps/lending-api',
      '/app/packages/lending',
      '/build/checkout',
      'C:\\work\\lending',
      'app://',
      'http://localhost:3000',
      'webpack://lending-api/.',
      'webpack:///.',
    ])
      assert.equal(only(alone, 'lending-api', `${front}/${filter}`), `exact ${filter}`, front);
    assert.equal(only(alone, 'lending-api', filter), `exact ${filter}`);
  });

  it('leave a doubt where they call another package', () => {
    for (const front of [
      '/app/libs/common',
      '/app/packages/backend',
      '/srv/apps/other',
      '/app/common',
      '/opt/shared',
      '/x/nest-extras@2.1.0',
      '/x/nest-extras/2.1.0',
      '/x/.hidden/thing',
      'C:\\work\\libs\\common',
      'libs/common',
      '../common',
      'webpack://common/.',
      'webpack://@acme/common/.',
    ])
      assert.equal(only(alone, 'lending-api', `${front}/${filter}`), `likely ${filter}`, front);
  });

  it('say so in the reason', () => {
    const span = makeSpan({
      id: 'a',
      service: 'lending-api',
      attributes: { 'code.file.path': `/app/libs/common/${filter}`, 'code.line.number': 6 },
    });
    const { reason } = mapSpans([span], alone).matches[0]!;
    assert.match(reason, /path matches; \/app\/libs\/common may be another package\.$/);
  });

  it('lead nowhere where packages are installed', () => {
    for (const front of [
      '/app/node_modules/.pnpm/x@1.0.0/node_modules/x',
      '/app/.yarn/cache/x-npm-1.0.0.zip/x',
      '/root/.bun/install/cache/x@1.0.0',
      '/root/.cache/deno/npm/x/1.0.0',
      'C:\\Users\\me\\AppData\\Local\\Yarn\\Cache\\v6\\node_modules\\x',
    ])
      assert.equal(only(alone, 'lending-api', `${front}/${filter}`), 'unmapped', front);
  });

  it('are of another folder of the project where they part from ours below one that both have', () => {
    assert.equal(
      only(alone, 'lending-api', '/app/src/users/loans/loans.service.ts'),
      'likely src/loans/loans.service.ts',
    );
    assert.equal(
      only(alone, 'lending-api', '/app/loans/loans.service.ts'),
      'exact src/loans/loans.service.ts',
    );
  });

  it('name the package by its folder, and libs/api is not apps/api', () => {
    assert.equal(only(monorepo, 'api', `/app/apps/api/${filter}`), `exact apps/api/${filter}`);
    assert.equal(only(monorepo, 'api', `/app/libs/api/${filter}`), `likely apps/api/${filter}`);
    assert.equal(
      only(monorepo, 'api', '/app/libs/shared/src/log.ts'),
      'exact libs/shared/src/log.ts',
    );
    assert.equal(
      only(monorepo, 'api', '/app/web/src/loans/loans.service.ts'),
      'likely apps/api/src/loans/loans.service.ts',
    );
    assert.equal(only(monorepo, 'api', '/app/src/pages.ts'), 'likely apps/web/src/pages.ts');
  });

  it('name another package where they part below the folder of packages', () => {
    const log = { 'src/log.ts': { Log: { write: { at: 4, to: 9 } } } };
    const nested = makeIndex({
      '/ws/apps/api': { services: ['api'], files },
      '/ws/libs/users/feature': { files: log },
    });
    const own = '/app/libs/users/feature/src/log.ts';
    const other = '/app/libs/orders/feature/src/log.ts';
    assert.equal(only(nested, 'api', own), 'exact libs/users/feature/src/log.ts');
    assert.equal(only(nested, 'api', other), 'likely libs/users/feature/src/log.ts');
    assert.deepEqual(places(nested, 'api', [own, other]), [
      'exact libs/users/feature/src/log.ts',
      'unmapped',
    ]);
  });
});

describe('what other paths of a service taught about its root', () => {
  it('leaves no file of another package, and keeps its own', () => {
    assert.deepEqual(
      places(monorepo, 'api', [
        '/app/apps/api/src/main.ts',
        `/app/libs/common/${filter}`,
        `/app/libs/api/${filter}`,
        '/app/libs/shared/src/log.ts',
        '/app/apps/web/src/main.ts',
      ]),
      [
        'exact apps/api/src/main.ts',
        'unmapped',
        'unmapped',
        'exact libs/shared/src/log.ts',
        'exact apps/web/src/main.ts',
      ],
    );
  });

  it('is the same where only the service and what it needs were copied', () => {
    assert.deepEqual(
      places(monorepo, 'api', [
        '/app/src/main.ts',
        '/app/libs/shared/src/log.ts',
        `/app/libs/common/${filter}`,
        `/app/pkg/${filter}`,
      ]),
      [
        'exact apps/api/src/main.ts',
        'exact libs/shared/src/log.ts',
        'unmapped',
        `likely apps/api/${filter}`,
      ],
    );
  });

  it('is no folder beside the one that is named, whatever that is called', () => {
    assert.deepEqual(places(monorepo, 'api', ['/app/apps/api/src/main.ts', `/acme/x/${filter}`]), [
      'exact apps/api/src/main.ts',
      `likely apps/api/${filter}`,
    ]);
  });

  it('is the outer one of two folders, and the one that is named or holds more', () => {
    const main = 'exact src/main.ts';
    assert.deepEqual(places(alone, 'lending-api', ['/srv/src/main.ts', `/srv/x/${filter}`]), [
      main,
      `likely ${filter}`,
    ]);
    assert.deepEqual(places(alone, 'lending-api', ['/lending/src/main.ts', `/x/${filter}`]), [
      main,
      `likely ${filter}`,
    ]);
    assert.deepEqual(
      places(alone, 'lending-api', [
        '/a/b/src/main.ts',
        '/a/b/src/loans/loans.service.ts',
        `/x/${filter}`,
      ]),
      [main, 'exact src/loans/loans.service.ts', `likely ${filter}`],
    );
  });

  it('may be a folder of any name once three files are in it', () => {
    const paths = Object.keys(files).map((file) => `/srv/apps/other/${file}`);
    assert.deepEqual(
      places(alone, 'lending-api', paths),
      Object.keys(files).map((file) => `exact ${file}`),
    );
  });

  it('tells also what has only its name in common, and compiled files', () => {
    const index = makeIndex({
      '/ws/api': { services: ['api'], files: { 'main.ts': files['src/main.ts'], ...files } },
    });
    assert.equal(only(index, 'api', '/app/main.ts'), 'likely api/main.ts +1');
    assert.deepEqual(places(index, 'api', ['/app/src/main.ts', '/app/main.ts']), [
      'exact api/src/main.ts',
      'exact api/main.ts',
    ]);
    assert.deepEqual(
      places(index, 'api', ['/app/src/main.ts', '/app/libs/x/dist/filters/http-error.filter.js']),
      ['exact api/src/main.ts', 'unmapped'],
    );
  });

  it('is known from the program that the service was started with', () => {
    const attributes = { 'code.file.path': `/opt/x/${filter}`, 'code.line.number': 6 };
    const span = makeSpan({ id: 'a', service: 'lending-api', attributes });
    const started = (command: string) => {
      const resource = {
        ...span.resource,
        attributes: [{ key: 'process.command', value: command }],
      };
      return shown(mapSpans([{ ...span, resource }], alone).matches[0]!);
    };
    assert.equal(started('/opt/x/dist/main'), `exact ${filter}`);
    assert.equal(started('/app/dist/main.js'), `likely ${filter}`);
    assert.equal(started('/app/node_modules/.bin/nest'), `exact ${filter}`);
  });

  it('is the workspace itself for paths in it', () => {
    assert.deepEqual(
      places(monorepo, 'api', [
        `/ws/libs/common/${filter}`,
        '/ws/apps/api/src/old/loans.service.ts',
      ]),
      ['unmapped', 'likely apps/api/src/loans/loans.service.ts'],
    );
  });

  it('counts in a monorepo of one project', () => {
    assert.deepEqual(
      places(oneProject, 'api', [
        '/app/apps/api/src/main.ts',
        `/app/libs/common/${filter}`,
        '/app/libs/shared/src/log.ts',
      ]),
      ['exact apps/api/src/main.ts', 'unmapped', 'exact libs/shared/src/log.ts'],
    );
    assert.equal(only(oneProject, 'api', `/app/${filter}`), `exact apps/api/${filter}`);
  });

  it('holds for a source map too: the map of another package’s compiled file is not read', () => {
    const own = '/home/me/ws/dist/filters/http-error.filter.js';
    const options = {
      ...noSourceMaps,
      sourceMapper: (path: string) =>
        path.endsWith('/dist/filters/http-error.filter.js')
          ? { compiled: own, location: { path: `/home/me/ws/${filter}`, line: 6, column: 1 } }
          : undefined,
    };
    const compiled = 'dist/filters/http-error.filter.js';
    assert.deepEqual(
      places(alone, 'lending-api', ['/app/src/main.ts', `/app/${compiled}`], options),
      ['exact src/main.ts', `exact ${filter}`],
    );
    assert.deepEqual(
      places(alone, 'lending-api', ['/app/src/main.ts', `/app/libs/x/${compiled}`], options),
      ['exact src/main.ts', 'unmapped'],
    );
    assert.deepEqual(places(alone, 'lending-api', [`/app/libs/x/${compiled}`], options), [
      `likely ${filter}`,
    ]);
  });

  it('never makes a file of a package that is not here exact or strong, in whatever order', () => {
    const name = fc.constantFrom('common', 'billing', 'core', 'db', 'auth');
    const group = fc.constantFrom('libs', 'packages', 'services', 'modules');
    const file = fc.constantFrom(...Object.keys(files));
    const root = fc.constantFrom('/app', '/usr/src/app', '/srv/acme', 'C:/acme', '/ws');
    fc.assert(
      fc.property(
        root,
        group,
        name,
        fc.array(file, { minLength: 1, maxLength: 2 }),
        fc.boolean(),
        (at, among, other, inOther, isFirst) => {
          const own = Object.keys(files).map((path) => `${at}/apps/api/${path}`);
          const foreign = inOther.map((path) => `${at}/${among}/${other}/${path}`);
          const found = places(
            monorepo,
            'api',
            isFirst ? [...foreign, ...own] : [...own, ...foreign],
          );
          const ofOwn = isFirst ? found.slice(foreign.length) : found.slice(0, own.length);
          const ofForeign = isFirst ? found.slice(0, foreign.length) : found.slice(own.length);
          assert.deepEqual(
            ofOwn,
            Object.keys(files).map((path) => `exact apps/api/${path}`),
          );
          for (const place of ofForeign) assert.equal(place, 'unmapped');
        },
      ),
    );
  });
});
