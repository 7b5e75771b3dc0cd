import assert from 'node:assert/strict';
import { indexFiles } from '../../../support/memoryWorkspace.ts';

describe('the folders of compiled code', () => {
  const outputs = (configs: Readonly<Record<string, object>>) =>
    indexFiles(
      Object.fromEntries(
        Object.entries(configs).map(([path, json]) => [path, JSON.stringify(json)]),
      ),
    ).outputs;

  it('come from outDir and rootDir, and from src where no rootDir is said', () => {
    assert.deepEqual(
      outputs({
        'api/tsconfig.json': { compilerOptions: { outDir: './dist' } },
        'web/tsconfig.json': { compilerOptions: { outDir: '../out/web/', rootDir: 'source' } },
      }),
      [
        { outDir: '/ws/api/dist', sources: ['/ws/api/src', '/ws/api'] },
        { outDir: '/ws/out/web', sources: ['/ws/web/source'] },
      ],
    );
  });

  it('are those of the tsconfig that one extends, each from where it is written', () => {
    assert.deepEqual(
      outputs({
        'tsconfig.base.json': { compilerOptions: { rootDir: 'code', outDir: 'lost' } },
        'api/tsconfig.json': {
          extends: '../tsconfig.base.json',
          compilerOptions: { outDir: 'lib' },
        },
        'tsconfig.dir.json': { compilerOptions: { outDir: '${configDir}/made' } },
        'web/tsconfig.json': { extends: '../tsconfig.dir' },
      }).filter(({ outDir }) => !outDir.endsWith('lost')),
      [
        { outDir: '/ws/api/lib', sources: ['/ws/code'] },
        { outDir: '/ws/made', sources: ['/ws/src', '/ws'] },
        { outDir: '/ws/web/made', sources: ['/ws/web/src', '/ws/web'] },
      ],
    );
  });

  it('are found where many tsconfigs all extend one another', () => {
    const names = Array.from({ length: 12 }, (_, i) => `tsconfig.c${i}.json`);
    const bases = names.map((name) => `./${name}`);
    const configs = Object.fromEntries(names.map((name) => [name, { extends: bases }]));
    const own = { extends: bases, compilerOptions: { outDir: 'made' } };
    assert.deepEqual(outputs({ ...configs, 'tsconfig.c3.json': own }), [
      { outDir: '/ws/made', sources: ['/ws/src', '/ws'] },
    ]);
  });

  it('are none where tsconfigs extend each other in a circle', () => {
    assert.deepEqual(
      outputs({
        'tsconfig.json': { extends: './tsconfig.app.json' },
        'tsconfig.app.json': { extends: './tsconfig.json' },
      }),
      [],
    );
  });
});
