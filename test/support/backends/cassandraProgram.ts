import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { cached } from '../cache.ts';
import { hasDocker, printed } from './installed.ts';

const version = '5.0.5';
/** Holds pom.xml, and what Cassandra is started with. */
export const cassandraFolder = join(import.meta.dirname, 'cassandra');
const downloadTimeoutMs = 10 * 60_000;
const run = promisify(execFile);

export type CassandraProgram =
  /** A Java 17, and the folder of the jars. */
  | { readonly kind: 'java'; readonly java: string; readonly jars: string }
  | { readonly kind: 'image'; readonly image: string };

/**
 * A Cassandra 5.0.5, the first of these that there is: its jars on a Java 17, downloaded once by Maven (66 MB;
 * test/support/cache.ts), or the image of that version through Docker.
 * @throws Error with one sentence on what would help when there is none of them
 */
export async function findCassandra(): Promise<CassandraProgram> {
  const java = await findJava();
  if (java !== undefined && (await printed('mvn', ['--version'])) !== '')
    return { kind: 'java', java, jars: await cached('cassandra', version, download) };
  if (await hasDocker()) return { kind: 'image', image: `cassandra:${version}` };
  throw new Error(`No Cassandra ${version} to test with: install Java 17 and Maven, or Docker.`);
}

/** Cassandra 5.0 runs on no newer one. */
async function findJava(): Promise<string | undefined> {
  const home = process.env['JAVA_HOME'] ?? '';
  const candidates = [...(home === '' ? [] : [join(home, 'bin', 'java')]), 'java'];
  for (const java of candidates)
    if (/version "17[."]/.test(await printed(java, ['-version']))) return java;
  return undefined;
}

async function download(folder: string): Promise<void> {
  const pom = join(cassandraFolder, 'pom.xml');
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
  const options = ['-DincludeScope=runtime', `-DoutputDirectory=${folder}`];
  await run('mvn', ['--batch-mode', '--quiet', '--file', pom, goal, ...options], {
    timeout: downloadTimeoutMs,
    maxBuffer: 10_000_000,
  });
}
