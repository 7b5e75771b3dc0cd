import type { PathMapping } from '../options.ts';

/**
 * A path of a span as the code index spells paths: `/` between parts, a drive letter in lower case. What
 * stands around paths is taken off: `file://` with its escapes, the names that webpack gives sources, `./`, and
 * a query or fragment behind a source file's name.
 */
export function plainPath(text: string): string {
  const slashed = text.replaceAll('\\', '/').replace(/^\/\/\?\//, '');
  const path = slashed.startsWith('file://') ? filePath(slashed) : sourceName(slashed);
  const relative = path.replace(/^(?:\.\/)+/, '').replaceAll('/./', '/');
  return /^[A-Z]:\//.test(relative)
    ? relative.charAt(0).toLowerCase() + relative.slice(1)
    : relative;
}

/** The path where the user's longest mapping that applies puts it; both plain. */
export function mapPath(path: string, mappings: readonly PathMapping[]): string {
  let best: PathMapping | undefined;
  for (const mapping of mappings) {
    const from = plainPath(mapping.from).replace(/\/+$/, '');
    if (isBelow(path, from) && from.length > (best?.from.length ?? -1)) {
      best = { from, to: mapping.to };
    }
  }
  return best === undefined ? path : best.to.replace(/\/+$/, '') + path.slice(best.from.length);
}

/** True for code that somebody installed or that belongs to the runtime. */
export const isLibraryPath = (path: string): boolean => libraries.test(path);

const libraries =
  /(?:^|\/)(?:node_modules|bower_components|site-packages|dist-packages|\.cargo\/registry|pkg\/mod|\.(?:yarn|pnpm|pnpm-store|bun|npm|cache)|yarn\/cache)\/|^\/usr\/(?:local|lib)\/(?:go[^/]*\/src|python[^/]*)\/|^\/usr\/local\/lib\/python|^node:|^\/rustc\/|^<.*>$/;

/** Windows compares paths without regard to case. */
function isBelow(path: string, folder: string): boolean {
  const isWindows = /^[a-z]:\//.test(folder);
  const start = path.slice(0, folder.length);
  const isSame = isWindows ? start.toLowerCase() === folder.toLowerCase() : start === folder;
  return isSame && (path.length === folder.length || path[folder.length] === '/');
}

/** Of `file:///app/main.js?t=1`, `file:///C:/app/main.js`; a host stays in front of its path. */
function filePath(url: string): string {
  const path = withoutQuery(url.replace(/^file:\/\/(?:localhost)?/, ''));
  const isSource = /\.[cm]?[jt]sx?$/.test(path);
  const whole = isSource ? path : path.replace(/[?#][^/]*$/, '');
  return decoded(whole).replace(/^\/(?=[A-Za-z]:\/)/, '');
}

/** Without `webpack://@shop/api/`, and the layer that webpack may put behind it: `(rsc)/./src/main.ts`. */
const sourceName = (path: string) => withoutQuery(path.replace(bundler, ''));

/** What a bundler calls the package of a source: `@shop/api` of `webpack://@shop/api/./src/main.ts`; empty: nothing. */
export const bundleOf = (text: string): string =>
  /^webpack(?:-internal)?:\/\/((?:@[^/]*\/)?[^/]*)\//.exec(text)?.[1] ?? '';

const bundler = /^webpack(?:-internal)?:\/\/(?:@[^/]*\/)?[^/]*\/(?:\([^()/]*\)\/)?/;

/**
 * Bundlers and loaders put hashes and options behind a file's name: `main.ts?4b1f`, `main.ts#v=1&t=2`. A folder
 * may have these characters too: `/home/me/c#/main.ts`, `/home/me/next.js#2/src/main.ts`.
 */
function withoutQuery(path: string): string {
  if (path.length > longestPath) return path;
  for (const { 0: ending, index } of path.matchAll(/\.[cm]?[jt]sx?(?=[?#])/g)) {
    const end = index + ending.length;
    if (!isFolderName.test(path.slice(end))) return path.slice(0, end);
  }
  return path;
}

/** Of Linux; what is longer is no path. */
const longestPath = 4_096;
const isFolderName = /^(?:.\/|#[^?]*\/[^/?#]*\.[cm]?[jt]sx?(?:[?#]|$))/;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not escaped after all
  }
}
