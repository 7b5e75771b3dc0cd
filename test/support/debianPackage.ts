import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Whether Debian's package could be installed: this is root, and apt knows it. Takes minutes at most. */
export function installDebianPackage(name: string): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  console.log(`Installing the package ${name} ...`);
  spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore', timeout: 180_000 });
  const install = ['install', '-y', '-q', name];
  return spawnSync('apt-get', install, { stdio: 'ignore', timeout: 600_000 }).status === 0;
}
