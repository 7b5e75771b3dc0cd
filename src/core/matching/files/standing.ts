import { message } from '../../base/message.ts';
import { shortened } from '../../base/visibleText.ts';
import type { CodeIndex } from '../../code/model.ts';
import type { WorkspacePath } from '../../code/location.ts';
import type { AlikeFile } from './alikeFile.ts';
import type { PathOptions } from '../options.ts';
import { hasGroup, isAbsolute, mayStandFor, namesPackage } from './pathFront.ts';
import { projectOf } from '../attributes/qualifiedName.ts';

/** A folder of another machine, and the folder here that holds the same. */
export interface ServiceRoot {
  readonly from: string;
  readonly to: WorkspacePath;
}

/** How a file with a common end stands when everything else the path says is asked. */
type Standing = 'sure' | 'doubtful' | 'contradicted';

/** The files that are left of those with a common end. */
export interface Judged {
  readonly files: readonly AlikeFile[];
  readonly certain: boolean;
  /** One file, whose end is longer than by accident: certain but for the folders in front of it. */
  readonly isAlone: boolean;
  /** A sentence that says why it isn't certain; empty: nothing but that there are several. */
  readonly doubt: string;
}

/**
 * Keeps the files that nothing contradicts, those of the service's own folder before others, and says whether one is
 * certain.
 * @param roots what other paths of the service taught
 */
export function judge(
  alike: readonly AlikeFile[],
  path: string,
  index: CodeIndex,
  options: PathOptions,
  roots: readonly ServiceRoot[],
): Judged {
  const standing = new Map(
    alike.map((one) => [one, standingOf(one, path, index, options, roots)] as const),
  );
  const left = alike.filter((one) => standing.get(one) !== 'contradicted');
  const own = left.filter(({ file }) => isBelow(file, options.root));
  const files = own.length > 0 ? own : left;
  const [only] = files;
  const isOne = only !== undefined && files.length === 1;
  if (!isOne) return { files, certain: false, isAlone: false, doubt: '' };
  const isLong = only.common > (own.length > 0 ? 1 : longestAccident);
  const isAlone = isLong && options.root !== undefined;
  const certain = isAlone && standing.get(only) === 'sure';
  return { files, certain, isAlone, doubt: certain ? '' : doubtOf(only, isLong, options) };
}

/** Parts that files of two packages have in common now and then. */
const longestAccident = 2;
const longestFront = 120;

function doubtOf({ front }: AlikeFile, isLong: boolean, { root }: PathOptions): string {
  if (root === undefined) return message('No folder found for the service.');
  if (!isLong) return message('Only the end of the path matches.');
  return message(
    'Only the end of the path matches; {0} may be another package.',
    shortened(front, longestFront),
  );
}

function standingOf(
  alike: AlikeFile,
  path: string,
  index: CodeIndex,
  options: PathOptions,
  roots: readonly ServiceRoot[],
): Standing {
  const { file, base } = alike;
  if (namesPackage(alike, index, options)) return 'sure';
  const root = roots.find(({ from }) => path.startsWith(`${from}/`));
  // The file at that place was looked for before: it isn't there.
  if (root !== undefined) {
    const there = root.to + path.slice(root.from.length);
    return isSamePackage(there, file, index) ? 'doubtful' : 'contradicted';
  }
  if (roots.length > 0 && isAbsolute(path)) return 'doubtful';
  const isReached = isBelow(file, options.root) || isBelow(options.root ?? '', base);
  return (isReached || options.root === base) && mayStandFor(alike, index, options)
    ? 'sure'
    : 'doubtful';
}

/** Whether a file may have moved from there to here: not out of another package. */
function isSamePackage(there: string, here: WorkspacePath, index: CodeIndex): boolean {
  const project = projectOf(here, index);
  if (project === undefined || projectOf(there, index) !== project) return false;
  return !hasGroup(there.slice(project.root.length));
}

export const isBelow = (path: WorkspacePath, root: WorkspacePath | undefined): boolean =>
  root !== undefined && path.startsWith(`${root}/`);
