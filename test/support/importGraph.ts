import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** Files, or folders, by what imports what. */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The TypeScript files below a folder with the files there that each imports, in whatever way: `import`, `export from`,
 * `import()`, `require`, of values or types. Paths are relative to the folder.
 */
export function readImports(folder: string): ImportGraph {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?<!\.d)\.tsx?$/.test(path))
    .map((path) => path.replaceAll('\\', '/'));
  return importsOf(new Map(files.map((path) => [path, readFileSync(join(folder, path), 'utf8')])));
}

/** The same of texts by their paths. */
export function importsOf(texts: ReadonlyMap<string, string>): ImportGraph {
  const graph = new Map<string, ReadonlySet<string>>();
  for (const [path, text] of texts) {
    const { importedFiles } = ts.preProcessFile(text, true, true);
    const targets = importedFiles
      .filter(({ fileName }) => fileName.startsWith('.'))
      .map(({ fileName }) => join(dirname(path), fileName).replaceAll('\\', '/'));
    graph.set(path, new Set(targets.filter((target) => texts.has(target))));
  }
  return graph;
}

/** The same between folders: `folderOf` a file, undefined where it counts for none. */
export function betweenFolders(
  graph: ImportGraph,
  folderOf: (path: string) => string | undefined,
): ImportGraph {
  const folders = new Map<string, Set<string>>();
  for (const [path, targets] of graph) {
    const from = folderOf(path);
    if (from === undefined) continue;
    const known = folders.get(from) ?? new Set<string>();
    folders.set(from, known);
    for (const target of targets) {
      const to = folderOf(target);
      if (to !== undefined && to !== from) known.add(to);
    }
  }
  return folders;
}

/** Those that import one another, directly or through others: one way round for each such group. */
export function circlesIn(graph: ImportGraph): readonly (readonly string[])[] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (node: string): void => {
    const at = way.indexOf(node);
    if (at >= 0) circles.push([...way.slice(at), node]);
    if (at >= 0 || done.has(node)) return;
    way.push(node);
    for (const target of graph.get(node) ?? []) visit(target);
    way.pop();
    done.add(node);
  };
  for (const node of graph.keys()) visit(node);
  return circles;
}
