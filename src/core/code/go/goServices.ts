import { message } from '../../base/message.ts';
import type { Project } from '../projects/project.ts';
import type { CodeLocation, WorkspacePath } from '../location.ts';
import type { GoFacts } from './goRoutes.ts';

/** A route that a Go service registers. */
export interface GoRoute {
  /** Upper case; empty: any. */
  readonly method: string;
  readonly path: string;
  /** False: a prefix may stand in front. */
  readonly isWhole: boolean;
  readonly location: CodeLocation;
}

/** A Go module of the workspace. */
export interface GoService {
  readonly project: Project;
  readonly routes: readonly GoRoute[];
}

/** What was read of the workspace's Go code. */
export interface GoSources {
  /** By path of the file. */
  readonly files: ReadonlyMap<WorkspacePath, GoFacts>;
  /** Names of modules, by folder. */
  readonly modules: ReadonlyMap<WorkspacePath, string>;
}

/** Each module with the routes and service names of the files that are in no module below it. */
export function goServices({ files, modules }: GoSources): readonly GoService[] {
  const found = new Map<WorkspacePath, { routes: GoRoute[]; names: Map<string, string> }>();
  for (const root of modules.keys()) found.set(root, { routes: [], names: new Map() });
  for (const [path, { routes, serviceNames, isProgram }] of files) {
    const root = moduleOf(path, modules);
    const service = root === undefined ? undefined : found.get(root);
    if (root === undefined || service === undefined) continue;
    for (const { line, column, ...route } of routes)
      service.routes.push({ ...route, location: { path, line, column } });
    const shown = path.slice(root.length + 1);
    for (const name of serviceNames)
      service.names.set(name, message('Service name in {0}.', shown));
    const folder = nameOf(path.slice(0, path.lastIndexOf('/')));
    if (isProgram && !service.names.has(folder))
      service.names.set(folder, message('Go program in {0}.', shown));
  }
  return [...found].map(([root, { routes, names }]) => ({
    project: {
      id: root,
      root,
      name: moduleName(modules.get(root) ?? '', root),
      serviceNames: [...names].map(([name, evidence]) => ({ name, evidence })),
      language: 'go',
    },
    routes,
  }));
}

function moduleOf(
  path: WorkspacePath,
  modules: ReadonlyMap<WorkspacePath, string>,
): WorkspacePath | undefined {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const folder = path.slice(0, end);
    if (modules.has(folder)) return folder;
  }
  return undefined;
}

/** `rates` of `example.com/shop/rates/v2`. */
const moduleName = (module: string, root: WorkspacePath): string =>
  nameOf(module.replace(/\/v\d+$/, '')) || nameOf(root);

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The module's name in the text of a `go.mod`; empty where it says none. */
export const moduleNameIn = (text: string): string =>
  /^\s*module\s+"?([^\s"]+)/m.exec(text)?.[1] ?? '';
