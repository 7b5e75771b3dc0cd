/** Of one file, or of the settings: each is held against each path. */
const mostPatterns = 2_000;
/** Of one glob: braces after braces make ever more. */
const mostOfBraces = 200;
/** `**` before more of a path: each may stand for any number of folders, and all their ways are tried. */
const mostAnyDepth = 2;

/** Patterns of a .gitignore file. Those that take too long to match are left out, and so is what follows too many. */
export function ignorePatterns(text: string): readonly string[] {
  return text.split(/\r?\n/, mostPatterns).filter(isQuick);
}

/** Patterns of the globs in `files.exclude`: `*.{js,map}` is two, .gitignore knows no braces. */
export function excludePatterns(globs: readonly string[]): readonly string[] {
  return globs.flatMap(expandBraces).slice(0, mostPatterns).filter(isQuick);
}

/** At the start `**` says nothing. */
const isQuick = (pattern: string): boolean =>
  pattern.replace(/^!?\/?(?:\*\*\/)+/, '').split('**/').length - 1 <= mostAnyDepth;

function expandBraces(glob: string): string[] {
  const patterns: string[] = [];
  const open = [glob];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const match = /\{([^{}]*)\}/.exec(next);
    if (!match) patterns.push(next);
    else {
      const before = next.slice(0, match.index);
      const after = next.slice(match.index + match[0].length);
      const parts = (match[1] ?? '').split(',').slice(0, mostOfBraces);
      open.push(...parts.map((part) => before + part + after).toReversed());
    }
    if (patterns.length >= mostOfBraces) break;
  }
  return patterns;
}
