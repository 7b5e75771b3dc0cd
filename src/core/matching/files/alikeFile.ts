import type { CodeIndex } from '../../code/model.ts';
import type { WorkspacePath } from '../../code/location.ts';
import { fileName, lookupsOf } from '../lookups.ts';

/** A file here that ends like a path of another machine, with what stands in front of that end on either side. */
export interface AlikeFile {
  readonly file: WorkspacePath;
  /** The folder there; empty for a relative path that is here as a whole. */
  readonly front: string;
  /** The folder here. */
  readonly base: WorkspacePath;
  /** Parts that both have at their end. */
  readonly common: number;
}

/** The files with the longest end in common with the path. */
export function filesAlike(path: string, index: CodeIndex): readonly AlikeFile[] {
  const parts = path.split('/').filter(Boolean);
  let files: WorkspacePath[] = [];
  let longest = 0;
  for (const file of lookupsOf(index).filesByName.get(fileName(path)) ?? []) {
    const common = commonEnd(parts, file.split('/').filter(Boolean));
    if (common > longest) files = [];
    if (common >= longest) files.push(file);
    longest = Math.max(longest, common);
  }
  const front = withoutEnd(path, longest);
  return files.map((file) => ({ file, front, base: withoutEnd(file, longest), common: longest }));
}

/** The end that a path has in common with one file. */
export function alikeAs(path: string, file: WorkspacePath): AlikeFile {
  const common = commonEnd(path.split('/').filter(Boolean), file.split('/').filter(Boolean));
  return { file, front: withoutEnd(path, common), base: withoutEnd(file, common), common };
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && a.at(-1 - length) === b.at(-1 - length)) length++;
  return length;
}

/** Without its last parts. */
export function withoutEnd(path: string, parts: number): string {
  let end = path.length;
  for (let left = parts; left > 0 && end > 0; left--) end = path.lastIndexOf('/', end - 1);
  return path.slice(0, Math.max(0, end));
}
