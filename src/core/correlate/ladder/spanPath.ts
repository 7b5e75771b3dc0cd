import type { PathMapping } from './options.ts';

/**
 * A path of a span as the code index spells paths: `/` between parts, a drive letter in lower case. What
 * stands around paths is taken off: `file://` with its escapes, the names that webpack gives sources, `./`.
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
  /(?:^|\/)(?:node_modules|site-packages|dist-packages|\.cargo\/registry|pkg\/mod)\/|^\/usr\/(?:local|lib)\/(?:go[^/]*\/src|python[^/]*)\/|^\/usr\/local\/lib\/python|^node:|^\/rustc\/|^<.*>$/;

/** Windows compares paths without regard to case. */
function isBelow(path: string, folder: string): boolean {
  const isWindows = /^[a-z]:\//.test(folder);
  const start = path.slice(0, folder.length);
  const isSame = isWindows ? start.toLowerCase() === folder.toLowerCase() : start === folder;
  return isSame && (path.length === folder.length || path[folder.length] === '/');
}

/** Of `file:///app/main.js?t=1`, `file:///C:/app/main.js`; a host stays in front of its path. */
function filePath(url: string): string {
  const path = url.replace(/^file:\/\/(?:localhost)?/, '').replace(/[?#].*$/, '');
  return decoded(path).replace(/^\/(?=[A-Za-z]:\/)/, '');
}

const sourceName = (path: string) => path.replace(/^webpack(?:-internal)?:\/\/[^/]*\//, '');

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not escaped after all
  }
}
