import type { CodeIndex } from '../../code/model.ts';
import type { Project } from '../../code/projects/project.ts';
import type { WorkspacePath } from '../../code/location.ts';
import type { AlikeFile } from './alikeFile.ts';
import type { PathOptions } from '../options.ts';
import { projectOf } from '../attributes/qualifiedName.ts';

/**
 * Whether the folders in front of a common end call the package by a name of ours: its folder is part of the end
 * (`/app/apps/api/src/x.ts`), or it is called like the package or the service. `libs/api` is not `apps/api`, and
 * `libs/orders/feature` not `libs/users/feature`.
 */
export function namesPackage(
  { front, base, file }: AlikeFile,
  index: CodeIndex,
  options: PathOptions,
): boolean {
  const project = projectOf(file, index);
  if (project === undefined) return false;
  if (base === project.root) return isNameOf(lastOf(front), project, options);
  if (!project.root.startsWith(`${base}/`)) return false;
  const top = workspaceRoot(index);
  const within = base.startsWith(`${top}/`) ? base.slice(top.length) : lastOf(base);
  return !(hasGroup(front) && hasGroup(within));
}

/**
 * Whether the folders in front of a common end may be another machine's name of the folder here: false where they
 * call the package by another name than ours, or lead to something installed.
 */
export function mayStandFor(
  { front, base, file }: AlikeFile,
  index: CodeIndex,
  options: PathOptions,
): boolean {
  const folders = foldersOf(front);
  const last = folders.at(-1);
  const project = projectOf(file, index);
  if (last === undefined || project === undefined) return true;
  const isOurs = (name: string) => isNameOf(name, project, options);
  if (!isAbsolute(front)) return isOurs(last);
  if (folders.some((name, at) => isInstalled(name, folders[at - 1]))) return false;
  const group = folders.findIndex((name) => groups.has(name));
  if (group !== -1 && group < folders.length - 1 && !folders.slice(group + 1).some(isOurs)) {
    return false;
  }
  if ((isOfAnother(last, project, index) || shared.test(last)) && !isOurs(last)) return false;
  const inRoot = folders.slice(folders.lastIndexOf('app') + 1);
  const isRoot = inRoot.length === folders.length || inRoot.every((n) => isOurs(n) || isRole(n));
  return isRoot && !partsWithin(folders, base, project, index);
}

/** The folder that holds all packages; empty when they have none in common. */
export function workspaceRoot({ projects }: CodeIndex): WorkspacePath {
  let shared: string | undefined;
  for (const { root } of projects) {
    shared ??= root;
    while (root !== shared && !root.startsWith(`${shared}/`)) {
      shared = shared.slice(0, Math.max(0, shared.lastIndexOf('/')));
      if (shared === '') return '';
    }
  }
  return shared ?? '';
}

/** In which monorepos have their packages, by custom. */
const groups = new Set([
  'apps',
  'libs',
  'libraries',
  'microservices',
  'modules',
  'packages',
  'plugins',
  'services',
]);

/** What people call the packages that all others use. */
const shared = /^(?:commons?|core|libs?|sdk|shared|utils?|third[-_]?party|vendor)$/;

/** Whether a path has a folder in it that holds packages. */
export const hasGroup = (path: string): boolean => path.split('/').some((name) => groups.has(name));

export const isAbsolute = (path: string): boolean => /^(?:\/|[a-z][\w+.-]*:\/)/i.test(path);

/** Without a drive, the address of a server, and `/usr/src`, where images of Node.js have their code. */
const foldersOf = (front: string): readonly string[] =>
  front
    .replace(/^https?:\/\/[^/]*/, '')
    .replace(/^[a-z][\w+.-]*:/i, '')
    .replace(/^\/usr\/src(?=\/|$)/, '')
    .split('/')
    .filter(Boolean);

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function isNameOf(folder: string, { root, name, id }: Project, options: PathOptions): boolean {
  const isService = options.root === id;
  return [lastOf(root), lastOf(name), ...(isService ? [options.service] : [])].some(
    (own) => bare(own) === bare(folder),
  );
}

/** `lending-api` and `lending-service` are names of one thing. */
function bare(name: string): string {
  const lower = name.toLowerCase();
  return lower.replace(/[-_.](?:api|app|backend|server|service|svc)$/, '');
}

const isOfAnother = (folder: string, { id }: Project, { projects }: CodeIndex): boolean =>
  projects.some(
    (other) => other.id !== id && (lastOf(other.root) === folder || lastOf(other.name) === folder),
  );

/** What a program's folder may hold that is the program all the same: `/app/current`, `/app/server`. */
const isRole = (folder: string): boolean =>
  /^(?:api|backend|build|code|current|dist|html|out|releases?|repo|server|service|source|src|web|www|\d.*)$/.test(
    folder,
  );

/** Hidden folders are caches and stores, and packages lie in folders of their version. */
const isInstalled = (folder: string, before = ''): boolean =>
  folder.startsWith('.') ||
  /@\d/.test(folder) ||
  (/^v?\d+\.\d+\.\d+/.test(folder) && !/^(?:releases?|versions?)$/.test(before));

/** Whether the path goes another way below a folder that is here as well: `src/users` is not `src/orders`. */
function partsWithin(
  folders: readonly string[],
  base: WorkspacePath,
  { root }: Project,
  index: CodeIndex,
): boolean {
  if (base.startsWith(`${root}/`)) {
    const [inside = ''] = base.slice(root.length + 1).split('/');
    return folders.includes(inside);
  }
  const below = base.slice(workspaceRoot(index).length).split('/').filter(Boolean);
  return below.some((name) => folders.slice(0, -1).includes(name));
}
