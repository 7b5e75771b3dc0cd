import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** Of an outer `npm test`: its settings and lifecycle names would be taken for this install's own. */
const outerNpm =
  /^npm_(?:lifecycle|package|command|config_(?!registry|userconfig|globalconfig|cache|\w*proxy|cafile))/i;

/** `npm install` of packages in a folder of its own; see `runNpm`. */
export function npmInstall(
  folder: string,
  packages: readonly string[],
  settings: NodeJS.ProcessEnv = {},
): Promise<void> {
  return runNpm(folder, ['install', ...packages, '--no-audit', '--no-fund'], settings);
}

/**
 * Runs npm in a folder, under the Node that stands in its node_modules, if one does, unless `settings`
 * have a PATH. Throws with the end of what npm printed.
 */
export async function runNpm(
  folder: string,
  command: readonly string[],
  settings: NodeJS.ProcessEnv = {},
): Promise<void> {
  const kept = Object.entries(process.env).filter(([name]) => !outerNpm.test(name));
  const path = pathWith(join(folder, 'node_modules', '.bin'));
  const args = [...command, '--loglevel=error'];
  const child = spawn('npm', args, {
    cwd: folder,
    env: { ...Object.fromEntries(kept), PATH: path, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(-4_000);
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code === 0) return;
  throw new Error(
    `\`npm ${args.join(' ')}\` ended with code ${String(code)} in ${folder}: ${printed}`,
  );
}

/** The PATH of this process with a folder of programs before it. */
export const pathWith = (folder: string): string =>
  `${folder}${delimiter}${process.env['PATH'] ?? ''}`;
