import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cached, cacheFolder } from '../cache.ts';
import { hasDocker, hasGo } from './installed.ts';

const version = '1.67.0';
const image = `jaegertracing/all-in-one:${version}`;
const packageName = 'github.com/jaegertracing/jaeger/cmd/all-in-one';
/** Holds go.mod and go.sum: every module of the build, by its hash. */
const moduleFolder = join(import.meta.dirname, 'jaeger');
const key = `${version}-${process.platform}-${process.arch}`;
const fileName = process.platform === 'win32' ? 'jaeger.exe' : 'jaeger';
const builtPath = join(cacheFolder(), 'jaeger', key, fileName);
const buildTimeoutMs = 20 * 60_000;
const run = promisify(execFile);

export type JaegerProgram =
  | { readonly kind: 'binary'; readonly path: string }
  | { readonly kind: 'image'; readonly image: string };

/**
 * A Jaeger 1.67.0 all-in-one, the first of these that there is: the binary that JAEGER_BINARY names, one
 * built before, one built now with Go (some four minutes, once for all checkouts: test/support/cache.ts),
 * the image of that version through Docker.
 * @throws Error with one sentence on what would help when there is none of them
 */
export async function findJaeger(): Promise<JaegerProgram> {
  const given = process.env['JAEGER_BINARY'] ?? '';
  if (given !== '') {
    if (existsSync(given)) return { kind: 'binary', path: given };
    throw new Error(`JAEGER_BINARY names ${given}, which does not exist.`);
  }
  if (existsSync(builtPath)) return { kind: 'binary', path: builtPath };
  if (await hasGo()) {
    await cached('jaeger', key, build);
    return { kind: 'binary', path: builtPath };
  }
  if (await hasDocker()) return { kind: 'image', image };
  throw new Error(
    `No Jaeger ${version} to test with: install Go 1.24 or Docker, or name a binary in JAEGER_BINARY.`,
  );
}

async function build(folder: string): Promise<void> {
  const args = [
    'build',
    '-C',
    moduleFolder,
    '-trimpath',
    '-o',
    join(folder, fileName),
    packageName,
  ];
  await run('go', args, { timeout: buildTimeoutMs, maxBuffer: 10_000_000 });
}
