import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import { mostFileBytes } from '../../core/trace/fileTrace.ts';

/** Changes when the file does. @throws SourceError `notFound`, `rejected` or `tooLarge` */
export async function fileVersion(path: string): Promise<string> {
  const found = await inWords(path, stat(path));
  if (!found.isFile()) throw unreadable(path, found.isDirectory() ? 'EISDIR' : 'ENOTSUP');
  if (found.size > mostFileBytes) throw tooLarge(path);
  return `${String(found.mtimeMs)} ${String(found.size)}`;
}

/**
 * What is in a file, unpacked when it is gzip by its first bytes, be it of several members.
 * @param limit of bytes, unpacked
 * @returns `isCut`: the packed part ends too early or is damaged; `bytes` are those before
 * @throws SourceError `notFound`, `rejected` or `tooLarge`, also when it is so only unpacked
 */
export async function fileBytes(
  path: string,
  limit = mostFileBytes,
): Promise<{ readonly bytes: Buffer; readonly isCut: boolean }> {
  const bytes = await inWords(path, readFile(path));
  return bytes[0] === 0x1f && bytes[1] === 0x8b
    ? unpacked(bytes, path, limit)
    : { bytes, isCut: false };
}

/** What comes out before an error is kept: the end of a file may be missing, or be something else. */
async function unpacked(packed: Buffer, path: string, limit: number) {
  const gunzip = createGunzip();
  const chunks: Buffer[] = [];
  let length = 0;
  gunzip.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) gunzip.destroy(tooLarge(path));
  });
  gunzip.end(packed);
  try {
    await once(gunzip, 'end');
  } catch (error) {
    if (!isZlibError(error)) throw error;
    return { bytes: Buffer.concat(chunks), isCut: true };
  }
  return { bytes: Buffer.concat(chunks), isCut: false };
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');

const tooLarge = (path: string) =>
  new SourceError(
    'tooLarge',
    message('{0} is larger than {1} MB. Split it into smaller files.', path, mostFileBytes / 1e6),
  );

const unreadable = (path: string, code: string) =>
  new SourceError('rejected', message("Can't read {0} ({1}).", path, code), code);

async function inWords<T>(path: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw code === 'ENOENT'
      ? new SourceError('notFound', message('File not found: {0}. Check the path.', path), code)
      : unreadable(path, code);
  }
}
