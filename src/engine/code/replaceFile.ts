import { rename, rm, writeFile } from 'node:fs/promises';

/** Two may write the same file at once. */
let drafts = 0;

/** Writes a file as a whole or not at all. @param text may come in pieces, each written before the next is asked for. */
export async function replaceFile(path: string, text: string | Iterable<string>): Promise<void> {
  drafts += 1;
  const draft = `${path}.${process.pid}-${drafts}.tmp`;
  try {
    await writeFile(draft, text);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
