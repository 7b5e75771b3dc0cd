import { message } from '../core/base/message.ts';
import type { Patience } from './watchdog.ts';

/** Files that a thread didn't get over, and why: they aren't read until they change. By path. */
export type LeftOutFiles = Map<string, string>;

/** Why a file is left out that a thread was stuck at. */
export function tookTooLong({ everyMs, looksAtFile }: Patience): string {
  return message(
    'Not indexed: reading the file took longer than {0} s. Spanhop tries again when it changes.',
    Math.round((everyMs * looksAtFile) / 1_000),
  );
}

/** Why a file is left out at which a thread had no memory left. */
export function tookTooMuch(): string {
  return message(
    'Not indexed: reading the file took too much memory. Spanhop tries again when it changes.',
  );
}

/** True for the error of a thread whose memory was full. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
