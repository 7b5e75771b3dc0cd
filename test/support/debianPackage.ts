import { spawnSync } from 'node:child_process';

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
  const install = ['install', '-y', '-q', '--no-upgrade', '--no-remove', name];
  const plan = apt([...install, '--simulate']);
  if (plan.status !== 0 || changesOthers(plan.stdout)) return false;
  console.log(`Installing the package ${name} ...`);
  return apt(install).status === 0;
}

/** A simulation writes `Inst name [old version] (new version …)` for an upgrade, `Remv` for a removal. */
const changesOthers = (plan: string): boolean => /^(?:Remv |Inst \S+ \[)/m.test(plan);
