import type { CodeIndex, CompiledOutput } from '../../code/model.ts';
import type { WorkspacePath } from '../../code/location.ts';
import { withoutEnd, type AlikeFile } from './alikeFile.ts';

interface Sources {
  /** Several when tsconfigs put files of one name into folders of one name. */
  readonly files: readonly AlikeFile[];
  /** The path is in the very folder of this workspace. */
  readonly isWhole: boolean;
}

const compiledFile = /\.([cm]?)jsx?$/;

/**
 * The source of a compiled file by the `outDir` and `rootDir` of the tsconfigs: the file below an `outDir`
 * is below its sources too. A folder of another machine is recognised by the longest end of an `outDir` in
 * it: `/app/lib/a.js` for `/code/api/lib`.
 */
export function compiledSources(path: string, index: CodeIndex): Sources {
  if (!compiledFile.test(path)) return { files: [], isWhole: false };
  let files = new Map<WorkspacePath, AlikeFile>();
  let longest = 1;
  for (const output of index.outputs) {
    for (const { rest, common } of placesBelow(path, output)) {
      const source = common < longest ? undefined : sourceOf(rest, output, index);
      if (source === undefined || source === path) continue;
      if (common > longest) files = new Map();
      longest = common;
      files.set(source, alikeBy(source, path, rest, common, output));
    }
  }
  return { files: [...files.values()], isWhole: longest === whole };
}

function alikeBy(
  file: WorkspacePath,
  path: string,
  rest: string,
  common: number,
  { outDir }: CompiledOutput,
): AlikeFile {
  const below = rest.split('/').length;
  const front = withoutEnd(path, below + common);
  return { file, front, base: withoutEnd(outDir, common), common: below + common };
}

/** More than any two folders have in common: the path is in the very folder. */
const whole = Infinity;

/** What follows each folder that is called as the output is, and how many folders are. */
function placesBelow(
  path: string,
  { outDir }: CompiledOutput,
): readonly { readonly rest: string; readonly common: number }[] {
  if (path.startsWith(`${outDir}/`))
    return [{ rest: path.slice(outDir.length + 1), common: whole }];
  const parts = path.split('/').filter(Boolean);
  const folders = outDir.split('/').filter(Boolean);
  const places: { rest: string; common: number }[] = [];
  for (let end = parts.length - 1; end > 0; end--) {
    let common = 0;
    while (common < end && parts[end - 1 - common] === folders.at(-1 - common)) common++;
    if (common > 0) places.push({ rest: parts.slice(end).join('/'), common });
  }
  return places;
}

function sourceOf(
  rest: string,
  { sources }: CompiledOutput,
  index: CodeIndex,
): WorkspacePath | undefined {
  const [, flavor = ''] = compiledFile.exec(rest) ?? [];
  for (const folder of sources) {
    for (const extension of [`.${flavor}ts`, '.tsx', `.${flavor}js`]) {
      const file = `${folder}/${rest.replace(compiledFile, extension)}`;
      if (index.files.has(file)) return file;
    }
  }
  return undefined;
}
