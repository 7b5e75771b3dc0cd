import { spawn } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../setup.mjs';
import { mutationsOf, type Mutation } from './mutations.ts';
import { ReachingTests } from './reachingTests.ts';
import { describeScore, writeScore } from './score.ts';

export interface MutantOptions {
  /** Mutations tried, drawn evenly from all. */
  readonly count: number;
  readonly seed: number;
  /** Of paths below src/core; empty: all of it. */
  readonly prefixes: readonly string[];
  readonly isWritten: boolean;
}

/** A mutation, and whether a test noticed it. */
export interface TriedMutant extends Mutation {
  readonly path: string;
  readonly isNoticed: boolean;
}

/** The nearest tests notice most: the others are run for what they let pass. */
const nearestTests = 6;
/** Many times what all tests take: a change may make one run for ever. */
const timeoutMs = 300_000;

/** Tries mutations one by one in a copy of the project, and prints the ones that survive and the score. */
export async function runMutants(options: MutantOptions): Promise<void> {
  // Not below the project, whose rules would hide it from the index.
  const folder = join(tmpdir(), `spanhop-mutants-${process.pid}`);
  copyProject(folder);
  const tests = globSync('test/unit/**/*.test.ts', { cwd: folder })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /^test\/unit\/(?:core|cli)\//.test(path));
  const reaching = new ReachingTests(folder, tests);
  if (await fails(tests, folder)) throw new Error('The tests fail without any change.');
  const tried: TriedMutant[] = [];
  for (const { path, ...mutation } of drawn(folder, options)) {
    const isNoticed = await isNoticedBy(reaching.of(path), folder, path, mutation);
    tried.push({ path, ...mutation, isNoticed });
    if (!isNoticed) console.log(`SURVIVED ${path}:${mutation.line} ${mutation.what}`);
    else if (tried.length % 10 === 0) console.log(`${tried.length} tried`);
  }
  console.log(describeScore(tried));
  if (options.isWritten) writeScore(tried, options);
  rmSync(folder, { recursive: true });
}

function copyProject(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ['src', 'test', 'l10n', 'package.json', '.mocharc.json', 'tsconfig.base.json'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  cpSync(join(root, 'samples'), join(folder, 'samples'), {
    recursive: true,
    filter: (path) => !/[\\/](?:node_modules|dist)$/.test(path),
  });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
}

function drawn(
  folder: string,
  { count, seed, prefixes }: MutantOptions,
): readonly (Mutation & { readonly path: string })[] {
  const all = globSync('src/core/**/*.ts', { cwd: folder })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.endsWith('.d.ts'))
    .filter((path) => prefixes.length === 0 || prefixes.some((prefix) => path.startsWith(prefix)))
    .sort()
    .flatMap((path) =>
      mutationsOf(path, readFileSync(join(folder, path), 'utf8')).map((one) => ({ path, ...one })),
    );
  const random = randomNumbers(seed);
  const weighed = all.map((one) => ({ one, weight: random() }));
  return weighed
    .sort((a, b) => a.weight - b.weight)
    .slice(0, count)
    .map(({ one }) => one)
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line));
}

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function isNoticedBy(
  tests: readonly string[],
  folder: string,
  path: string,
  { text }: Mutation,
): Promise<boolean> {
  const file = join(folder, path);
  const original = readFileSync(file, 'utf8');
  writeFileSync(file, text);
  try {
    const nearest = tests.slice(0, nearestTests);
    const others = tests.slice(nearestTests);
    return (await fails(nearest, folder)) || (others.length > 0 && (await fails(others, folder)));
  } finally {
    writeFileSync(file, original);
  }
}

/** True also for tests that don't end, and false where there are none. */
async function fails(tests: readonly string[], folder: string): Promise<boolean> {
  if (tests.length === 0) return false;
  const mocha = join(root, 'node_modules/mocha/bin/mocha.js');
  const args = [
    '--bail',
    '--require',
    './test/support/sameCases.ts',
    '--reporter',
    'dot',
    ...tests,
  ];
  const child = spawn(process.execPath, [mocha, ...args], {
    cwd: folder,
    stdio: 'ignore',
    env: { ...process.env, CI: 'true' },
  });
  const limit = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(limit);
  return code !== 0;
}
