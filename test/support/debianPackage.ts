import { execFile, spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What `apt-get` answered: its exit code, null where there is none, and its standard output. */
export interface AptAnswer {
  readonly status: number | null;
  readonly stdout: string;
}
type Apt = (args: readonly string[]) => AptAnswer;

const limitMs = 600_000;
const aptGet: Apt = (args) => spawnSync('apt-get', args, { encoding: 'utf8', timeout: limitMs });
/** Elsewhere the system belongs to somebody. */
const isTestMachine = () => process.env['CI'] === 'true' && process.getuid?.() === 0;

/**
 * Whether Debian's package was installed now. Only a test machine (CI=true, root) is ever asked to, and only
 * to add packages: one that would upgrade or remove another is left alone. Takes minutes at most.
 */
export function installDebianPackage(
  name: string,
  mayInstall = isTestMachine(),
  apt = aptGet,
): boolean {
  if (!mayInstall || apt(['update', '-q']).status !== 0) return false;
  const install = [
    'install',
    '-y',
    '-q',
    // What it only recommends may ask for newer versions of what is there.
    '--no-install-recommends',
    '--no-upgrade',
    '--no-remove',
    name,
  ];
  const plan = apt([...install, '--simulate']);
  if (plan.status !== 0 || changesOthers(plan.stdout)) return false;
  console.log(`Installing the package ${name} ...`);
  return apt(install).status === 0;
}

/** A simulation writes `Inst name [old version] (new version …)` for an upgrade, `Remv` for a removal. */
const changesOthers = (plan: string): boolean => /^(?:Remv |Inst \S+ \[)/m.test(plan);

const run = promisify(execFile);

/** Whether Debian's packages can be downloaded here. */
export const hasDebianPackages = (apt = aptGet): boolean => apt(['--version']).status === 0;

/** Downloads Debian's package and unpacks it into `folder`: nothing is installed, and nobody has to be root. */
export async function unpackDebianPackage(name: string, folder: string): Promise<void> {
  await run('apt-get', ['download', name], { cwd: folder, timeout: limitMs });
  const archive = (await readdir(folder)).find((file) => file.endsWith('.deb'));
  if (archive === undefined) throw new Error(`apt-get downloaded no package ${name}.`);
  await run('dpkg-deb', ['--extract', join(folder, archive), folder]);
}
