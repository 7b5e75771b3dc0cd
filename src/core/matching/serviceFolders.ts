import { message } from '../base/message.ts';
import type { CodeIndex } from '../code/model.ts';
import type { Project } from '../code/projects/project.ts';
import type { WorkspacePath } from '../code/location.ts';
import type { RawSpan } from '../trace/rawSpan.ts';
import { fieldKey, lookupsOf } from './lookups.ts';
import { matchRequest } from './http/request.ts';
import { namesOfKey } from './http/requestNames.ts';
import { isGo } from './servicePlace.ts';
import { routeTable } from './http/routeTable.ts';
import { isPathOnly, isRequestKey, operationKeyOf } from './operations/operationKey.ts';
import type { GraphqlKey, HttpKey, NestKey, OperationKey } from './operations/operationKinds.ts';

/** Which folder a service runs, and a sentence that says how that is known, or why it isn't. */
interface ServiceFolderFinding {
  readonly service: string;
  readonly project: Project | undefined;
  readonly evidence: string;
}

/** By service name. */
export type ServiceFolders = ReadonlyMap<string, ServiceFolderFinding>;

/** How many of a service's distinct operations a project has handlers for. */
export interface RouteShare {
  readonly project: Project;
  readonly matched: number;
  readonly total: number;
}

/** Fewer operations than this say nothing: every service has a `/health`. */
const leastMatched = 2;
const leastShare = 0.5;

/**
 * The folder of each service, best evidence first: the user's own setting, what the folder's files say
 * (SDK set-up, env and compose files), the package's name, then the share of its operations that one
 * folder has handlers for. Of a Node package and a Go module of one name it is the package.
 *
 * @param projects `serviceProjects`
 * @param userFolders `spanhop.services`: service name to folder.
 * @param shares from `routeShares`.
 */
export function resolveServiceFolders(
  services: Iterable<string>,
  projects: readonly Project[],
  userFolders: Readonly<Record<string, WorkspacePath>>,
  shares: ReadonlyMap<string, readonly RouteShare[]>,
): ServiceFolders {
  const findings = new Map<string, ServiceFolderFinding>();
  const packages = projects.filter((project) => !isGo(project));
  const modules = projects.filter(isGo);
  for (const service of services) {
    const finding =
      fromUser(service, projects, userFolders) ??
      fromFiles(service, packages) ??
      fromPackageName(service, packages) ??
      fromFiles(service, modules) ??
      fromPackageName(service, modules) ??
      fromRoutes(service, shares.get(service) ?? []);
    findings.set(service, finding);
  }
  return findings;
}

/** The folders that may run a service: packages and Go modules. */
export const serviceProjects = ({ projects, goServices }: CodeIndex): readonly Project[] => [
  ...projects,
  ...goServices.map(({ project }) => project),
];

/** For each service, how much of what it serves each project has code for, best first. */
export function routeShares(
  keys: Iterable<OperationKey>,
  index: CodeIndex,
): ReadonlyMap<string, readonly RouteShare[]> {
  const operations = new Map<string, Map<string, CodeKey>>();
  for (const asked of keys) {
    const key = withFittingRoute(asked, index);
    if (!tellsOfCode(key)) continue;
    const ofService = operations.get(key.service) ?? new Map<string, CodeKey>();
    const id = idInCode(key);
    // A request's server span and NestJS's tell of one operation: the handler's name tells more.
    const isNamed = key.kind === 'graphql' || key.controller !== '';
    if (isNamed || !ofService.has(id)) ofService.set(id, key);
    operations.set(key.service, ofService);
  }
  const shares = new Map<string, readonly RouteShare[]>();
  for (const [service, ofService] of operations) {
    const ofProjects = index.projects
      .map((project) => ({
        project,
        matched: [...ofService.values()].filter((key) => isServedBy(key, project, index)).length,
        total: ofService.size,
      }))
      .sort((a, b) => b.matched - a.matched);
    shares.set(service, ofProjects);
  }
  return shares;
}

/**
 * For the folder of its service: what a span of a trace was asked for. A request of which only the path is known
 * (only instrumentation-http is there) counts by the route that fits the path; undefined: nothing that tells.
 */
export function operationSeen(span: RawSpan, index: CodeIndex): OperationKey | undefined {
  const key = operationKeyOf(span);
  if (key?.kind === 'rpc') return undefined;
  if (key?.kind !== 'http' || key.route !== '' || key.controller !== '') return key;
  return isPathOnly(key) ? withFittingRoute(key, index) : undefined;
}

/** Of which only the path is known: the route that fits it, or none of the workspace's. */
function withFittingRoute(key: OperationKey, index: CodeIndex): OperationKey {
  if (!isPathOnly(key)) return key;
  const { path, method } = key;
  const [fitting] = routeTable(index, undefined).fitting(path, method);
  return { ...key, path: '', route: fitting?.path ?? `/${path.split('/')[1] ?? ''}/*` };
}

type CodeKey = HttpKey | NestKey | GraphqlKey;

/** A request's route or handler, or what a GraphQL operation asks for. Most fields of other types have no code. */
const tellsOfCode = (key: OperationKey): key is CodeKey =>
  isRequestKey(key)
    ? key.route !== '' || key.controller !== ''
    : key.kind === 'graphql' && rootTypes.has(key.parent);

/** Equal for operations of a service that one piece of code answers. */
function idInCode(key: CodeKey): string {
  if (key.kind === 'graphql') return JSON.stringify([key.parent, key.fields.join(',')]);
  const { method, route, controller, callback } = key;
  return JSON.stringify(route === '' ? [controller, callback] : [method, route]);
}

const rootTypes = new Set(['Query', 'Mutation', 'Subscription']);

function isServedBy(key: CodeKey, project: Project, index: CodeIndex): boolean {
  if (key.kind === 'graphql') {
    const { resolvers } = lookupsOf(index);
    const fields = key.fields.map((field) => fieldKey(key.parent, field));
    return fields.every((field) => resolvers.get(field)?.some((one) => one.project === project.id));
  }
  const match = matchRequest(namesOfKey(key), { project, evidence: '', language: '' }, index);
  if (match.confidence === 'strong') return true;
  return (
    key.route !== '' && routeTable(index, project.id).endingLike(key.route, key.method).length > 0
  );
}

function fromUser(
  service: string,
  projects: readonly Project[],
  userFolders: Readonly<Record<string, WorkspacePath>>,
): ServiceFolderFinding | undefined {
  if (!Object.hasOwn(userFolders, service)) return undefined;
  const folder = (userFolders[service] ?? '').replace(/\/+$/, '');
  const project = projects.find(({ root }) => root === folder);
  const evidence = project
    ? message('Set in spanhop.services.')
    : message("{0}, set in spanhop.services, isn't a package folder in the workspace.", folder);
  return { service, project, evidence };
}

function fromFiles(
  service: string,
  projects: readonly Project[],
): ServiceFolderFinding | undefined {
  const named = projects.flatMap((project) =>
    project.serviceNames
      .filter(({ name }) => name === service)
      .slice(0, 1)
      .map(({ evidence }) => ({ project, evidence })),
  );
  const [first] = named;
  if (first === undefined) return undefined;
  if (named.length === 1) return { service, ...first };
  return undecided(
    service,
    named.map(({ project }) => project),
  );
}

function fromPackageName(
  service: string,
  projects: readonly Project[],
): ServiceFolderFinding | undefined {
  const wanted = service.toLowerCase();
  const equal = projects.filter(({ name }) => name.toLowerCase() === wanted);
  const named =
    equal.length > 0 ? equal : projects.filter((project) => lastPart(project) === wanted);
  const [project] = named;
  if (project === undefined) return undefined;
  if (named.length > 1) return undecided(service, named);
  const evidence = isGo(project)
    ? message('Go module: {0}.', project.name)
    : message('Package name: {0}.', project.name);
  return { service, project, evidence };
}

const lastPart = ({ name }: Project) => name.toLowerCase().split('/').at(-1) ?? '';

function undecided(service: string, projects: readonly Project[]): ServiceFolderFinding {
  const folders = projects.map(({ root }) => root).join(', ');
  return {
    service,
    project: undefined,
    evidence: message('Several folders match service {0}: {1}. Choose one.', service, folders),
  };
}

function fromRoutes(service: string, shares: readonly RouteShare[]): ServiceFolderFinding {
  const [best, second] = shares;
  const isClear =
    best !== undefined &&
    best.matched >= leastMatched &&
    best.matched >= leastShare * best.total &&
    best.matched > (second?.matched ?? 0);
  if (!isClear) {
    return {
      service,
      project: undefined,
      evidence: message('No folder found for service {0}. Choose one.', service),
    };
  }
  return {
    service,
    project: best.project,
    evidence: message('{0} of {1} operations found in its code.', best.matched, best.total),
  };
}
