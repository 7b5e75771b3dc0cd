import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** Of an outer `npm test`: its settings and lifecycle names would be taken for this install's own. */
const outerNpm =
  /^npm_(?:lifecycle|package|command|config_(?!registry|userconfig|globalconfig|cache|\w*proxy|cafile))/i;

/**
 * `npm install` in a folder of its own, under the Node that stands in its node_modules, if one does.
 * Throws with the end of what npm printed.
 */
export async function npmInstall(
  folder: string,
  packages: readonly string[],
  settings: NodeJS.ProcessEnv = {},
): Promise<void> {
  const kept = Object.entries(process.env).filter(([name]) => !outerNpm.test(name));
  const path = `${join(folder, 'node_modules', '.bin')}${delimiter}${process.env['PATH'] ?? ''}`;
  const args = ['install', ...packages, '--no-audit', '--no-fund', '--loglevel=error'];
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
