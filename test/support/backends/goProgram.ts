import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { cached, cacheFolder } from '../cache.ts';
import { hasDocker, hasGo } from './installed.ts';

/** A server written in Go, and where it comes from. */
export interface GoProgram {
  /** Its folder in the cache. */
  readonly name: string;
  /** For messages: `Jaeger 1.67.0`. */
  readonly title: string;
  /** Undefined: it is written here, and built again when it changes. */
  readonly version?: string;
  /** Holds go.mod and go.sum: every module of the build, by its hash. */
  readonly moduleFolder: string;
  readonly packageName: string;
  /** Through Docker, where there is no Go; undefined: there is none. */
  readonly image?: string;
  /** The variable that names a binary to use instead. */
  readonly variable?: string;
}

export type FoundProgram =
  | { readonly kind: 'binary'; readonly path: string }
  | { readonly kind: 'image'; readonly image: string };

const buildTimeoutMs = 40 * 60_000;
const run = promisify(execFile);

/**
 * The first of these that there is: the binary that the variable names, one built before, one built now with Go (some
 * minutes, once for all checkouts: test/support/cache.ts), the image of that version through Docker.
 * @throws Error with one sentence on what would help when there is none of them
 */
export async function findGoProgram(program: GoProgram): Promise<FoundProgram> {
  const { name, title, moduleFolder, image, variable } = program;
  const given = variable === undefined ? undefined : process.env[variable];
  if (variable !== undefined && given !== undefined && given !== '') {
    if (existsSync(given)) return { kind: 'binary', path: given };
    throw new Error(`${variable} names ${given}, which does not exist.`);
  }
  const version = program.version ?? (await contentHash(moduleFolder));
  const key = `${version}-${process.platform}-${process.arch}`;
  const fileName = process.platform === 'win32' ? `${name}.exe` : name;
  const path = join(cacheFolder(), name, key, fileName);
  if (existsSync(path)) return { kind: 'binary', path };
  if (await hasGo()) {
    await cached(name, key, (folder) => build(program, join(folder, fileName)));
    return { kind: 'binary', path };
  }
  if (image !== undefined && (await hasDocker())) return { kind: 'image', image };
  const docker = image === undefined ? '' : ' or Docker';
  const named = variable === undefined ? '' : `, or name a binary in ${variable}`;
  throw new Error(`No ${title} to run: install Go 1.24${docker}${named}.`);
}

async function build({ moduleFolder, packageName }: GoProgram, path: string): Promise<void> {
  const args = ['build', '-C', moduleFolder, '-trimpath', '-o', path, packageName];
  await run('go', args, { timeout: buildTimeoutMs, maxBuffer: 10_000_000 });
}

async function contentHash(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(folder)).sort())
    hash.update(await readFile(join(folder, name)));
  return hash.digest('hex').slice(0, 12);
}
