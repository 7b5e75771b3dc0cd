import { closeSync, openSync, readSync, statSync, type Stats } from 'node:fs';

/** Pipes, devices and the like: reading one may wait for ever, or never end. */
export class NotAFileError extends Error {}

/** What the file system says of a regular file. @throws NotAFileError, or the file system's error */
export function statRegularFile(path: string): Stats {
  const found = statSync(path);
  if (!found.isFile()) throw new NotAFileError(`${path} is not a regular file.`);
  return found;
}

/**
 * A regular file's bytes, as many as it had when it was looked at: those of the system (`/proc`) have none, and
 * may never end. The file system isn't asked through the thread pool: that takes four times as long as a small
 * file itself.
 *
 * @param size in bytes, of `statRegularFile`
 */
export function readRegularFile(path: string, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  const file = openSync(path, 'r');
  try {
    let length = 0;
    while (length < size) {
      const read = readSync(file, bytes, length, size - length, null);
      if (read === 0) break; // it was cut meanwhile
      length += read;
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

/** A small file's text; undefined where there is none to read: it is no regular file, larger, or not ours to read. */
export function readSmallText(path: string, maxBytes: number): string | undefined {
  try {
    const { size } = statRegularFile(path);
    return size > maxBytes ? undefined : readRegularFile(path, size).toString();
  } catch {
    return undefined;
  }
}

/** Whether there is such a regular file, as far as one can see: a link may lead to itself, a name may be too long. */
export function isRegularFile(path: string): boolean {
  return statOf(path)?.isFile() ?? false;
}

/** What the file system says of a path; undefined where it says nothing. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
