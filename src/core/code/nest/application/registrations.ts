import type { SetupFact } from '../../language/facts.ts';
import type { WorkspacePath } from '../../location.ts';
import { applicationKindOf } from './applicationKind.ts';
import { classKey } from '../../language/types/classes.ts';
import type { ClassSymbol } from '../../language/program/symbols.ts';
import type { ConstantEvaluator } from '../../language/values/constantEvaluator.ts';
import { NestModules, type ModuleCall } from '../nestModules.ts';
import type { KnownPath } from '../routes/routePaths.ts';

/** A class that modules list. */
export interface RegisteredClass {
  readonly symbol: ClassSymbol;
  /** Keys of these modules. */
  readonly modules: readonly string[];
}

/** The modules with what applications start from. */
interface ReadModules {
  readonly modules: NestModules;
  /** Of the applications, by file and line. */
  readonly roots: ReadonlyMap<string, string | undefined>;
  readonly controllers: ReadonlyMap<WorkspacePath, readonly RegisteredClass[]>;
  readonly made: ReadonlyMap<WorkspacePath, readonly RegisteredClass[]>;
}

/** What handlers ask of the workspace's modules; each answer is kept while it is the same, whatever else changed. */
export class Registrations {
  /** Of the modules that an application with this root has, the keys. */
  readonly reachable: (root: string) => ReadonlySet<string>;
  /** Keys of the modules that have a class as a controller or provider, or are it. */
  readonly holders: (key: string) => readonly string[];
  /** RouterModule's path of a module. */
  readonly routerPath: (module: string) => KnownPath | undefined;
  /** Controllers of modules, by the file of their class. */
  readonly controllersIn: (path: WorkspacePath) => readonly RegisteredClass[];
  /** Controllers and providers that a function makes, `createWorker('mails')`, by the file of their class. */
  readonly madeIn: (path: WorkspacePath) => readonly RegisteredClass[];
  /** What a module registers for messages. */
  readonly messageCalls: (module: string) => readonly ModuleCall[];
  /** Keys of the modules that register something for messages. */
  readonly messageModules: () => readonly string[];
  readonly #read: () => ReadModules;

  constructor(constants: ConstantEvaluator) {
    const { queryDatabase } = constants.program;
    const read = queryDatabase.derive(() => readModules(constants), { same: () => false });
    const each = <Value>(work: (key: string) => Value) =>
      queryDatabase.deriveEach(work, (key: string) => key);
    this.#read = read;
    this.reachable = each((root) => read().modules.reachable(root));
    this.holders = each((key) => read().modules.holders(key));
    this.routerPath = each((module) => read().modules.routerPaths.get(module));
    this.messageCalls = each((module) => read().modules.messageCalls(module));
    this.messageModules = queryDatabase.derive(() => read().modules.messageModules());
    this.controllersIn = each((path) => read().controllers.get(path) ?? []);
    this.madeIn = each((path) => read().made.get(path) ?? []);
  }

  /** Key of the root module of an application; undefined when it isn't known. */
  rootOf(path: WorkspacePath, { line }: SetupFact): string | undefined {
    return this.#read().roots.get(`${path}:${line}`);
  }
}

function readModules(constants: ConstantEvaluator): ReadModules {
  const modules = new NestModules(constants);
  const roots = new Map<string, string | undefined>();
  for (const [path, { setup: facts }] of constants.program.filesWith('setup')) {
    for (const setup of facts) {
      const [root] = setup.args;
      if (!applicationKindOf(setup) || root === undefined) continue;
      roots.set(`${path}:${setup.line}`, modules.rootKey({ expression: root, path }));
    }
  }
  const controllers = [...modules.listed('controllers')];
  const made = [...controllers, ...modules.listed('providers')].filter(
    ({ symbol }) => symbol.bindings,
  );
  return { modules, roots, controllers: byFile(controllers), made: byFile(made) };
}

/** Each class once with its modules; of one that a function makes, every call makes another. */
function byFile(
  listed: Iterable<{ readonly module: string; readonly symbol: ClassSymbol }>,
): ReadonlyMap<WorkspacePath, readonly RegisteredClass[]> {
  const found = new Map<WorkspacePath, RegisteredClass[]>();
  const byKey = new Map<string, string[]>();
  for (const { module, symbol } of listed) {
    const key = classKey(symbol);
    const known = symbol.bindings ? undefined : byKey.get(key);
    if (known) {
      known.push(module);
      continue;
    }
    const modules = [module];
    if (!symbol.bindings) byKey.set(key, modules);
    const ofFile = found.get(symbol.path);
    if (ofFile) ofFile.push({ symbol, modules });
    else found.set(symbol.path, [{ symbol, modules }]);
  }
  return found;
}
