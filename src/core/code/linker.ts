import type { ConfigFacts } from './configFacts.ts';
import type { FileFacts } from './language/facts.ts';
import { goServices, type GoSources } from './go/goServices.ts';
import { findApplications } from './nest/application/applications.ts';
import { CalledMethods } from './calls/calledMethods.ts';
import { CallGraph } from './calls/callGraph.ts';
import { linkCallSites } from './calls/callSites.ts';
import { CommandHandlers } from './nest/messages/commandHandlers.ts';
import { compiledOutputs } from './projects/compiledOutputs.ts';
import { Classes } from './language/types/classes.ts';
import { ClassTable } from './language/types/classTable.ts';
import { Configuration } from './nest/configuration/configuration.ts';
import { ConstantEvaluator } from './language/values/constantEvaluator.ts';
import { ControllerMethods } from './nest/routes/controllerMethods.ts';
import { Controllers } from './nest/routes/controllers.ts';
import { EventListeners } from './nest/messages/eventListeners.ts';
import { linkHandlers } from './nest/handlers.ts';
import { ClientRegistrations } from './nest/messages/clientRegistrations.ts';
import { MessageRegistrations } from './nest/messages/messageRegistrations.ts';
import { cutClassesIn, noHandlers, type FoundHandlers } from './nest/leftOut.ts';
import { missingSchema } from './calls/prisma/missingSchema.ts';
import { MethodTable } from './language/types/methodTable.ts';
import type { ModuleResolution } from './language/program/moduleResolution.ts';
import { modelsOf } from './calls/prisma/prismaCalls.ts';
import { decoratorsIn } from './nest/nestDecorators.ts';
import { Program } from './language/program/program.ts';
import { Projects } from './projects/projects.ts';
import { linkProviderHandlers } from './nest/providerHandlers.ts';
import { Providers } from './nest/providers.ts';
import { Registrations } from './nest/application/registrations.ts';
import { Enhancers } from './nest/enhancers.ts';
import { Subclasses } from './language/types/subclasses.ts';
import { Types } from './language/types/types.ts';
import type { CallSite, CodeIndex, CodeProblem, Handler } from './model.ts';
import type { WorkspacePath } from './location.ts';

/** Everything linking needs to know of a workspace. */
export interface WorkspaceFacts {
  readonly files: ReadonlyMap<WorkspacePath, FileFacts>;
  /** All source files, those without facts included. */
  readonly sources: ReadonlySet<WorkspacePath>;
  /** Files with facts that aren't of the workspace, but of the repository around it: their handlers aren't its own. */
  readonly outside: ReadonlySet<WorkspacePath>;
  /** In languages that have no facts. */
  readonly otherSources: ReadonlySet<WorkspacePath>;
  readonly goSources: GoSources;
  readonly configs: ReadonlyMap<WorkspacePath, ConfigFacts>;
  /** Of these sources and configurations; kept between links while neither comes or goes. */
  readonly modules: ModuleResolution;
  /** Of reading: files skipped, folders that can't be read. */
  readonly problems: readonly CodeProblem[];
}

/** What linking finds by going through all files. Plain data: it can be kept, and taken up again by `Linker.resume`. */
export type LinkedLists = Pick<CodeIndex, 'projects' | 'handlers' | 'calls' | 'problems'>;

/** Hears at which file linking is. */
export interface LinkingPlace {
  /** Begins with a file. */
  begin(path: WorkspacePath): void;
  /** Needs another one on the way. */
  within(path: WorkspacePath): void;
}

/** What takes about a millisecond when all is linked for the first time. */
const filesPerStep = 8;

interface LinkedFile {
  readonly http: FoundHandlers<Handler>;
  readonly others: FoundHandlers<Handler>;
  readonly cut: readonly CodeProblem[];
  readonly calls: readonly CallSite[];
}

/**
 * Links the facts of all files into an index, and again after changes: then only what depends on them. Whatever
 * changed in whatever order, the index is the one that the same facts give from scratch.
 * Handlers and the calls that leave them are found file by file; calls between methods when they are asked for.
 */
export class Linker {
  readonly #place: LinkingPlace | undefined;
  readonly #program = new Program();
  readonly #constants = new ConstantEvaluator(this.#program);
  readonly #classes = new Classes(this.#constants);
  readonly #linkedIn: (path: WorkspacePath) => LinkedFile;
  readonly #methods: MethodTable;
  readonly #controllerMethods: ControllerMethods;
  readonly #classTable: ClassTable;
  readonly #projects: Projects;
  readonly #graph: CallGraph;
  #isPrepared = false;
  readonly #steps: Enhancers;

  constructor(place?: LinkingPlace) {
    this.#place = place;
    const program = this.#program;
    const { queryDatabase } = program;
    if (place) queryDatabase.effort.onWork = () => place.within(program.latest);
    const constants = this.#constants;
    const classes = this.#classes;
    const controllers = new Controllers(constants, classes);
    const registrations = new Registrations(constants);
    const projects = new Projects(constants);
    const configuration = new Configuration(constants, projects);
    const applications = queryDatabase.derive(() =>
      findApplications(constants, registrations, controllers, configuration),
    );
    const methods = new MethodTable(program);
    const subclasses = new Subclasses(program, classes);
    const handlerParts = {
      program,
      constants,
      configuration,
      classes,
      subclasses,
      controllers,
      registrations,
      messages: new MessageRegistrations({ constants, configuration, registrations, projects }),
      get applications() {
        return applications();
      },
      projects,
      methods,
    };
    const schemas = queryDatabase.derive(() => modelsOf(program));
    const providers = new Providers(constants);
    const typeParts = {
      constants,
      classes,
      providers,
      get models() {
        return schemas();
      },
    };
    const types = new Types(typeParts);
    const callParts = {
      program,
      constants,
      configuration,
      classes,
      types,
      subclasses,
      methods,
      projects,
      clients: new ClientRegistrations({ constants, configuration, registrations, projects }),
      get models() {
        return schemas();
      },
    };
    const callsIn = queryDatabase.deriveEach(
      (path: WorkspacePath) => linkCallSites(callParts, path),
      (path) => path,
    );
    this.#linkedIn = queryDatabase.deriveEach(
      (path) => ({
        http: linkHandlers(handlerParts, path),
        others: linkProviderHandlers(handlerParts, path),
        cut: cutClassesIn(program, classes, path),
        calls: callsIn(path),
      }),
      (path) => path,
    );
    this.#methods = methods;
    this.#classTable = new ClassTable(program, classes);
    this.#controllerMethods = new ControllerMethods({
      constants,
      table: this.#classTable,
      classes,
      controllers,
      methods,
      projects,
    });
    this.#projects = projects;
    this.#steps = new Enhancers({ constants, classes, subclasses, providers, methods });
    this.#graph = new CallGraph({
      program,
      types,
      methods,
      get models() {
        return schemas();
      },
      called: new CalledMethods({
        program,
        classes,
        subclasses,
        types,
        commands: new CommandHandlers(constants),
        events: new EventListeners(program),
      }),
      callsIn,
    });
  }

  /**
   * Takes what the workspace is now and links it a few files at a time: whoever holds the thread may let others have
   * it after each step. The last one gives the index.
   */
  *link(workspace: WorkspaceFacts): Generator<undefined, CodeIndex> {
    this.#program.update(workspace);
    if (!this.#isPrepared) yield* this.#prepare();
    this.#isPrepared = true;
    const linked: LinkedFile[] = [];
    for (const path of this.#program.files.keys()) {
      this.#place?.begin(path);
      linked.push(workspace.outside.has(path) ? this.#linkedOutside(path) : this.#linkedIn(path));
      if (linked.length % filesPerStep === 0) yield;
    }
    this.#program.queryDatabase.sweep();
    return this.#indexOf(workspace, {
      projects: this.#projects.all,
      handlers: [
        ...linked.flatMap(({ http }) => http.handlers),
        ...linked.flatMap(({ others }) => others.handlers),
      ],
      calls: linked.flatMap(({ calls }) => calls),
      problems: [
        ...workspace.problems,
        ...problemsOf(this.#program.files),
        ...missingSchema(this.#program),
        ...linked.flatMap(({ http, others, cut }) => [
          ...http.problems,
          ...others.problems,
          ...cut,
        ]),
      ],
    });
  }

  /** Its calls are run by the workspace's code; its handlers are another application's. */
  #linkedOutside(path: WorkspacePath): LinkedFile {
    const { calls } = this.#linkedIn(path);
    return { http: noHandlers, others: noHandlers, cut: [], calls };
  }

  /**
   * The index of a workspace of which the lists are known already: nothing is linked but what its methods are asked.
   * @param lists from a link of the very same workspace.
   */
  resume(workspace: WorkspaceFacts, lists: LinkedLists): CodeIndex {
    this.#program.update(workspace);
    return this.#indexOf(workspace, lists);
  }

  /** Steps of answering that linking has taken so far: its work, whatever the clock says. */
  get steps(): number {
    return this.#program.queryDatabase.effort.total;
  }

  #indexOf(workspace: WorkspaceFacts, lists: LinkedLists): CodeIndex {
    return {
      ...lists,
      files: workspace.sources,
      otherFiles: workspace.otherSources,
      goServices: goServices(workspace.goSources),
      outputs: compiledOutputs(this.#program.configs),
      models: [...this.#program.configs.values()].flatMap((facts) =>
        facts.kind === 'schema' ? facts.models : [],
      ),
      method: (id) => {
        const place = this.#methods.place(id);
        return place && this.#methods.at(place.path, place.index);
      },
      methodsOf: (path) => this.#methods.ofFile(path),
      methodsNamed: (className, name) => this.#methods.named(className, name),
      ancestryOf: (className) => this.#classTable.ancestryOf(className),
      controllerMethods: (className, name) => this.#controllerMethods.named(className, name),
      reachableCalls: (methodId) => this.#graph.reachableCalls(methodId),
      callees: (methodId) => this.#graph.callees(methodId),
      callsUnknown: (methodId) => this.#graph.callsUnknown(methodId),
      enhancersAround: (methodId) => this.#steps.around(methodId),
      globalEnhancers: () => this.#steps.all(),
      lifecycleHooks: () => this.#steps.lifecycle(),
      hasIndependentTurns: ({ path, line }) =>
        workspace.files.get(path)?.independentLoops.some((loop) => loop.line === line) ?? false,
    };
  }

  /** Asks piece by piece what tables of the whole workspace ask at once; when they ask again, most of it holds. */
  *#prepare(): Generator<undefined, void> {
    const { program } = this.#constants;
    let done = 0;
    for (const [path, { classes }] of program.filesWith('classes')) {
      this.#place?.begin(path);
      decoratorsIn(this.#constants, path);
      for (const index of classes.keys()) this.#classes.ancestry({ kind: 'class', path, index });
      if ((done += 1) % filesPerStep === 0) yield;
    }
  }
}

function problemsOf(files: ReadonlyMap<WorkspacePath, FileFacts>): readonly CodeProblem[] {
  return [...files].flatMap(([path, facts]) =>
    facts.problems.map(({ line, message }) => ({ path, line, message })),
  );
}
