import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs git in a folder, with an author and without anyone's own settings. @returns what it printed. */
export async function git(folder: string, ...args: readonly string[]): Promise<string> {
  const author = ['-c', 'user.name=Spanhop', '-c', 'user.email=spanhop@example.com'];
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  const env = { ...Object.fromEntries(own), GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '' };
  const { stdout } = await run('git', ['-C', folder, ...author, ...args], { env });
  return stdout;
}
