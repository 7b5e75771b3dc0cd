// Which test files there are, and what runs each: a tier's mocha, or a test that drives them in another program.
import { globSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Folders whose tests run inside another program, each with the test that takes them there. */
export const drivers = [
  { folder: 'test/integration/inEditor/', driver: 'test/integration/inEditor.test.ts' },
] as const;

/** Every file of the project that is named as a test, whatever its folder, sorted. */
export const allTestFiles = (): readonly string[] =>
  find('**/*.{test,spec}.{ts,tsx,mts,cts,js,jsx,mjs,cjs}');

/** What mocha gets for a tier: all tests of its folder but those that a driver runs. */
export const filesOfTier = (tier: string): readonly string[] =>
  find(`test/${tier}/**/*.test.ts`).filter((file) => driverOf(file) === undefined);

/** The files that a driver of these runs. */
export const drivenFiles = (driver: string): readonly string[] =>
  allTestFiles().filter((file) => driverOf(file) === driver);

const driverOf = (file: string): string | undefined =>
  drivers.find(({ folder }) => file.startsWith(folder))?.driver;

const notOurs = new Set(['node_modules', 'out', 'dist', 'coverage']);

const find = (pattern: string): readonly string[] =>
  globSync(pattern, {
    cwd: root,
    exclude: (name) => notOurs.has(name) || name.endsWith(join('test', 'fixtures')),
  })
    .map((path) => path.split(sep).join('/'))
    .sort();
