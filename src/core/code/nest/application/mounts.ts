import type { ApplicationKind } from './applicationKind.ts';
import type { Application } from './applications.ts';
import { folderOf } from '../../language/program/paths.ts';
import type { Projects } from '../../projects/projects.ts';
import type { Registrations } from './registrations.ts';
import { emptyPath, type KnownPath } from '../routes/routePaths.ts';

/** Where a class with handlers runs. */
export interface Mount {
  readonly application: Application | undefined;
  /** RouterModule's path of its module. */
  readonly modulePath: KnownPath;
}

interface MountParts {
  readonly registrations: Registrations;
  readonly applications: readonly Application[];
}

interface ServingParts {
  readonly registrations: Registrations;
  readonly projects: Projects;
}

/** Kinds of application to look at, those of one list before those of the next. */
export const requestApplications: readonly (readonly ApplicationKind[])[] = [['http']];
export const anyApplications: typeof requestApplications = [['http', 'microservice'], ['context']];

/**
 * Every application that reaches one of the modules that have the class; without one the nearest.
 *
 * @param path of the class's file.
 * @param holders keys of the modules that list it.
 */
export function mountsOf(
  parts: MountParts,
  path: string,
  holders: readonly string[],
  tiers: typeof requestApplications,
): readonly Mount[] {
  for (const kinds of tiers) {
    const mounts = reachingMounts(parts, holders, kinds);
    if (mounts.length > 0) return mounts;
  }
  const [module = ''] = holders;
  const modulePath = parts.registrations.routerPath(module) ?? emptyPath;
  const kinds = tiers.flat();
  const applications = parts.applications.filter(({ kind }) => kinds.includes(kind));
  return [{ application: nearest({ ...parts, applications }, path), modulePath }];
}

/**
 * Of several applications those that answer requests: that listen at all, and of one project those that set
 * something for their routes, or that are another and larger one. A worker beside them may have the same modules;
 * nobody calls it.
 */
export function servingMounts(
  mounts: readonly Mount[],
  { projects, registrations }: ServingParts,
): readonly Mount[] {
  const isOf = (test: (application: Application) => boolean) => (mount: Mount) =>
    mount.application !== undefined && test(mount.application);
  const listens = isOf((application) => application.listens);
  const listening = mounts.some(listens) ? mounts.filter(listens) : mounts;
  const projectOf = ({ application }: Mount) => application && projects.of(application.path);
  const sets = isOf(({ settings: { prefix, prefixKnown, versioning } }) => {
    return prefix !== '' || !prefixKnown || versioning !== undefined;
  });
  const modulesOf = ({ application }: Mount) => registrations.reachable(rootOf(application));
  const setting = listening.filter(sets);
  return listening.filter((mount) => {
    if (sets(mount)) return true;
    const own = modulesOf(mount);
    return setting
      .filter((other) => projectOf(other) === projectOf(mount))
      .every((other) => own.size > modulesOf(other).size && !own.has(rootOf(other.application)));
  });
}

const rootOf = (application: Application | undefined): string => application?.rootModule ?? '';

function reachingMounts(
  parts: MountParts,
  holders: readonly string[],
  kinds: readonly ApplicationKind[],
): readonly Mount[] {
  const mounts: Mount[] = [];
  for (const application of parts.applications) {
    if (application.rootModule === undefined || !kinds.includes(application.kind)) continue;
    const reachable = parts.registrations.reachable(application.rootModule);
    for (const module of holders) {
      if (!reachable.has(module)) continue;
      mounts.push({ application, modulePath: parts.registrations.routerPath(module) ?? emptyPath });
    }
  }
  return mounts;
}

/**
 * The application whose file shares most of its path, of several the one with most modules (a seeding script
 * is an application too): a guess for what no module graph reaches.
 */
function nearest(parts: MountParts, path: string): Application | undefined {
  const folders = folderOf(path).split('/');
  const rank = (application: Application): readonly [number, number, number] => {
    const others = folderOf(application.path).split('/');
    let shared = 0;
    while (shared < folders.length && folders[shared] === others[shared]) shared += 1;
    const root = application.rootModule;
    const modules = root === undefined ? 0 : parts.registrations.reachable(root).size;
    return [shared, Number(application.listens), modules];
  };
  const ranked = parts.applications.map((application) => ({
    application,
    rank: rank(application),
  }));
  ranked.sort(({ rank: [a, b, c] }, { rank: [d, e, f] }) => d - a || e - b || f - c);
  const [best] = ranked;
  return best && best.rank[0] > 0 ? best.application : undefined;
}
