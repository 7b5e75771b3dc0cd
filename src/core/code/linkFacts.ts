import type { ConfigFacts } from './configFacts.ts';
import type { FileFacts } from './facts.ts';
import { findApplications } from './link/applications.ts';
import { CallGraph } from './link/callGraph.ts';
import { compiledOutputs } from './link/compiledOutputs.ts';
import { Classes } from './link/classes.ts';
import { Configuration } from './link/configuration.ts';
import { Constants } from './link/constants.ts';
import { Controllers } from './link/controllers.ts';
import { linkHandlers } from './link/handlers.ts';
import { MethodTable } from './link/methodTable.ts';
import type { ModuleResolution } from './link/moduleResolution.ts';
import { NestModules } from './link/nestModules.ts';
import { linkPrismaCalls, modelsOf } from './link/prismaCalls.ts';
import { Program } from './link/program.ts';
import { Projects } from './link/projects.ts';
import { linkProviderHandlers } from './link/providerHandlers.ts';
import { Providers } from './link/providers.ts';
import { Subclasses } from './link/subclasses.ts';
import { Types } from './link/types.ts';
import type { CodeIndex, CodeProblem, WorkspacePath } from './model.ts';

/** Everything linking needs to know of a workspace. */
export interface WorkspaceFacts {
  readonly files: ReadonlyMap<WorkspacePath, FileFacts>;
  /** All source files, those without facts included. */
  readonly sources: ReadonlySet<WorkspacePath>;
  /** In languages that have no facts. */
  readonly otherSources: ReadonlySet<WorkspacePath>;
  readonly configs: ReadonlyMap<WorkspacePath, ConfigFacts>;
  /** Of these sources and configurations; kept between links while neither comes or goes. */
  readonly modules: ModuleResolution;
  /** Of reading: files skipped, folders that can't be read. */
  readonly problems: readonly CodeProblem[];
}

/**
 * Links the facts of all files into an index. Pure: the same facts in any order of change give the same index.
 * Handlers and Prisma calls are found at once; calls between methods when they are asked for.
 */
export function linkFacts(workspace: WorkspaceFacts): CodeIndex {
  const program = new Program(
    sorted(workspace.files),
    sorted(workspace.configs),
    workspace.modules,
  );
  const constants = new Constants(program);
  const classes = new Classes(constants);
  const controllers = new Controllers(constants, classes);
  const modules = new NestModules(constants);
  const projects = new Projects(constants);
  const configuration = new Configuration(constants, projects);
  const applications = findApplications(constants, modules, controllers, configuration);
  const methods = new MethodTable(program);
  const subclasses = new Subclasses(program, classes);
  const parts = {
    program,
    constants,
    classes,
    subclasses,
    controllers,
    modules,
    applications,
    projects,
    methods,
  };
  const handlers = [...linkHandlers(parts), ...linkProviderHandlers(parts)];
  const models = modelsOf(program);
  const types = new Types({ constants, classes, providers: new Providers(constants), models });
  const prismaCalls = linkPrismaCalls({ program, types, subclasses, methods, projects, models });
  const graph = new CallGraph({ program, classes, subclasses, types, methods, prismaCalls });
  return {
    projects: projects.all,
    handlers,
    prismaCalls,
    problems: [...workspace.problems, ...problemsOf(workspace.files)],
    files: workspace.sources,
    otherFiles: workspace.otherSources,
    outputs: compiledOutputs(program.configs),
    method: (id) => {
      const place = methods.place(id);
      return place && methods.at(place.path, place.index);
    },
    methodsOf: (path) => methods.ofFile(path),
    methodsNamed: (className, name) => methods.named(className, name),
    reachablePrismaCalls: (methodId) => graph.reachablePrismaCalls(methodId),
  };
}

/** By path: which of several candidates is taken must not depend on the order of edits. */
function sorted<T>(files: ReadonlyMap<WorkspacePath, T>): ReadonlyMap<WorkspacePath, T> {
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function problemsOf(files: ReadonlyMap<WorkspacePath, FileFacts>): readonly CodeProblem[] {
  return [...files].flatMap(([path, facts]) =>
    facts.problems.map(({ line, message }) => ({ path, line, message })),
  );
}
