import { join } from 'node:path';

import { cached } from '../cache.ts';
import { hasDebianPackages, unpackDebianPackage } from '../debianPackage.ts';
import type { FoundProgram } from './goProgram.ts';
import { hasDocker, printed } from './installed.ts';

const image = 'prom/prometheus:v2.42.0';

/**
 * A Prometheus 2, the first of these that there is: the one on the PATH, that of Debian's package, unpacked into the
 * cache, or an image through Docker.
 * @throws Error with one sentence on what would help when there is none of them
 */
export async function findPrometheus(): Promise<FoundProgram> {
  if ((await printed('prometheus', ['--version'])) !== '')
    return { kind: 'binary', path: 'prometheus' };
  if (hasDebianPackages()) {
    const key = `debian-${process.platform}-${process.arch}`;
    const folder = await cached('prometheus', key, (into) =>
      unpackDebianPackage('prometheus', into),
    );
    return { kind: 'binary', path: join(folder, 'usr', 'bin', 'prometheus') };
  }
  if (await hasDocker()) return { kind: 'image', image };
  throw new Error('No Prometheus to run: install Prometheus 2 or Docker.');
}
