import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes a file as a whole or not at all. @param text may come in pieces, each written before the next is asked for. */
export async function replaceFile(path: string, text: string | Iterable<string>): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(draft, text);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
