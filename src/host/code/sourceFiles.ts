/** What a path means to the code index. */
export type PathMeaning = 'code' | 'otherCode' | 'settings' | 'folder' | 'other';

const codeFile = /\.(?:[cm]?[tj]s|prisma)$/;
/** Their routes are read. */
const goFile = /\.go$|(?:^|\/)go\.mod$/;
/** In other languages: only that they exist matters. */
const otherCodeFile = /\.(?:py|java|kt|rs|php|rb|cs)$/;
/** Files that name services, prefixes and projects. */
const settingsFile =
  /(?:^|\/)(?:package\.json|nest-cli\.json|tsconfig[^/]*\.json|\.env(?:\.[^/]*)?|(?:docker-)?compose[^/]*\.ya?ml|\.gitignore)$/;
const ignored = /(?:^|\/)(?:node_modules|\.git|dist|out|coverage)(?:\/|$)/;

/** @param path with `/`. A path whose last part has no dot may be a folder that came or went. */
export function meaningOf(path: string): PathMeaning {
  if (ignored.test(path)) return 'other';
  if (codeFile.test(path)) return 'code';
  if (goFile.test(path)) return 'settings';
  if (otherCodeFile.test(path)) return 'otherCode';
  if (settingsFile.test(path)) return 'settings';
  return path.slice(path.lastIndexOf('/') + 1).includes('.') ? 'other' : 'folder';
}
