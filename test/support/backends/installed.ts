import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const limitMs = 10_000;

/** What a program prints about itself, both its outputs; empty when it is not installed or fails. */
export async function printed(program: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout, stderr } = await run(program, args, { timeout: limitMs });
    return `${stdout}${stderr}`;
  } catch {
    return '';
  }
}

/** Whether a container can be run: a client and an engine are there. */
export const hasDocker = async (): Promise<boolean> => (await printed('docker', ['info'])) !== '';

/** Whether a Go toolchain is there. */
export const hasGo = async (): Promise<boolean> => (await printed('go', ['version'])) !== '';
