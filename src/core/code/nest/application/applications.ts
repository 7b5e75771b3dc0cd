import { asMember } from '../../language/expression.ts';
import type { FileFacts, SetupFact } from '../../language/facts.ts';
import type { WorkspacePath } from '../../location.ts';
import { applicationKindOf, type ApplicationKind } from './applicationKind.ts';
import { bindNames, parameterNames } from '../../language/values/bindNames.ts';
import type { Bindings, ScopedExpression, ClassSymbol } from '../../language/program/symbols.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { ConstantEvaluator } from '../../language/values/constantEvaluator.ts';
import type { Controllers } from '../routes/controllers.ts';
import { isFixed } from '../../language/values/fixedValue.ts';
import type { Program } from '../../language/program/program.ts';
import type { Registrations } from './registrations.ts';
import type { RouteSettings, Version } from '../routes/routePaths.ts';
import { caseSetting, isSet, routerRules, slashSetting } from './routerRules.ts';
import { transportsOf, type Transport } from '../messages/transports.ts';

/** One `NestFactory.create(…)`, `createMicroservice(…)` or `createApplicationContext(…)`. */
export interface Application {
  readonly kind: ApplicationKind;
  readonly path: WorkspacePath;
  /** Key of its root module; undefined when it isn't known. */
  readonly rootModule: string | undefined;
  readonly settings: RouteSettings;
  /** False: its files never wait for requests; it writes a document of the routes, or only runs jobs. */
  readonly listens: boolean;
  readonly transports: readonly Transport[];
}

export const plainSettings: RouteSettings = {
  prefix: '',
  prefixKnown: true,
  prefixFixed: true,
  exclude: [],
  versioning: undefined,
  router: undefined,
};

/** Finds the applications of the workspace and what each sets for its routes. */
export function findApplications(
  constants: ConstantEvaluator,
  registrations: Registrations,
  controllers: Controllers,
  configuration: Configuration,
): readonly Application[] {
  const applications: Application[] = [];
  const candidates = filesWith(constants.program, settingNames);
  const listening = filesWith(constants.program, ['listen']);
  for (const [path, facts] of constants.program.filesWith('setup')) {
    for (const setup of facts.setup) {
      const kind = applicationKindOf(setup);
      if (kind === undefined) continue;
      applications.push({
        kind,
        path,
        rootModule: registrations.rootOf(path, setup),
        settings: readSettings(
          constants,
          controllers,
          configuration,
          { path, setup },
          nearestSettings(constants, { path, setup }, candidates),
        ),
        listens: isAmongOrBeside(constants.program, path, listening),
        transports: transportsOf({ constants, configuration }, path),
      });
    }
  }
  return applications;
}

function readSettings(
  constants: ConstantEvaluator,
  controllers: Controllers,
  configuration: Configuration,
  { path, setup: { args } }: Pick<PlacedSetup, 'path' | 'setup'>,
  settings: Settings,
): RouteSettings {
  const { setGlobalPrefix: prefix, enableVersioning } = settings;
  const versioning =
    enableVersioning && readVersioning(constants, controllers, configuration, enableVersioning);
  const isOn = (name: keyof Settings) =>
    settings[name] !== undefined && isSet(constants, settings[name]);
  return {
    ...plainSettings,
    ...(prefix && readPrefix(constants, controllers, configuration, prefix)),
    versioning,
    router: routerRules(
      constants,
      { path, args },
      {
        isCaseSensitive: isOn(caseSetting),
        isStrict: isOn(slashSetting),
        isVersioned: enableVersioning !== undefined && versioning === undefined,
      },
    ),
  };
}

interface PlacedSetup {
  readonly path: WorkspacePath;
  readonly setup: SetupFact;
  /** Of the function it stands in. */
  readonly bindings: Bindings | undefined;
  /** Whose method it stands in. */
  readonly self: ClassSymbol | undefined;
}

const settingNames = ['setGlobalPrefix', 'enableVersioning', caseSetting, slashSetting] as const;
type Settings = Partial<Record<(typeof settingNames)[number], PlacedSetup>>;

/** Files with a call of one of these names. */
function filesWith(program: Program, names: readonly string[]): ReadonlySet<WorkspacePath> {
  const found = new Set<WorkspacePath>();
  for (const [path, { setup }] of program.filesWith('setup')) {
    if (setup.some(({ name }) => names.includes(name))) found.add(path);
  }
  return found;
}

/** True for one of the files, and for one that imports one of them or that one of them imports. */
function isAmongOrBeside(
  program: Program,
  path: WorkspacePath,
  files: ReadonlySet<WorkspacePath>,
): boolean {
  return (
    [...importedBy(program, path)].some((imported) => files.has(imported)) ||
    [...files].some((file) => importedBy(program, file).has(path))
  );
}

/** The file, those that it imports, and those that these import: behind an `index.ts`, what it re-exports. */
function importedBy(program: Program, path: WorkspacePath): ReadonlySet<WorkspacePath> {
  const found = new Set([path]);
  const imported = program.importsOf(path);
  for (const file of imported) found.add(file);
  for (const file of imported) for (const target of program.importsOf(file)) found.add(target);
  return found;
}

/**
 * The calls in the application's own function or file, or in the nearest file that it imports; what these don't set,
 * a file may that is given the application.
 */
function nearestSettings(
  constants: ConstantEvaluator,
  application: Pick<PlacedSetup, 'path' | 'setup'>,
  candidates: ReadonlySet<WorkspacePath>,
): Settings {
  const { program } = constants;
  const settings: Settings = {};
  const isFull = () => settingNames.every((name) => settings[name]);
  let left = candidates.size;
  const seen = new Set([application.path]);
  for (const path of seen) {
    if (left === 0) break;
    if (candidates.has(path)) {
      left -= 1;
      takeSettings(constants, application, path, settings);
      if (isFull()) break;
    }
    for (const target of program.importsOf(path)) seen.add(target);
  }
  for (const path of isFull() ? [] : candidates) {
    if (!seen.has(path) && importedBy(program, path).has(application.path))
      takeSettings(constants, application, path, settings);
  }
  return settings;
}

/** Adds what a file sets and no nearer one has set. */
function takeSettings(
  constants: ConstantEvaluator,
  { path: start, setup: { method } }: Pick<PlacedSetup, 'path' | 'setup'>,
  path: WorkspacePath,
  settings: Settings,
): void {
  const facts = constants.program.facts(path);
  if (!facts) return;
  for (const name of settingNames) {
    const calls = facts.setup.filter((fact) => fact.name === name);
    const own = calls.filter((fact) => path === start && fact.method === method);
    const setup = lastOf(own) ?? lastOf(calls.filter((fact) => !makesOne(facts, fact)));
    if (!setup) continue;
    const bindings = givenArguments(constants, start, path, setup.method);
    const self = classAround(constants.program, path, setup);
    settings[name] ??= { path, setup, bindings, self };
  }
}

function classAround(
  program: Program,
  path: WorkspacePath,
  { method }: SetupFact,
): ClassSymbol | undefined {
  const index = method === undefined ? undefined : program.methodAt(path, method).class;
  return index === undefined ? undefined : { kind: 'class', path, index };
}

/** The last of several calls, for each replaces what the one before has set; that of an `else` comes after none. */
const lastOf = (calls: readonly SetupFact[]): SetupFact | undefined =>
  calls.findLast(({ arm }) => arm !== 'else') ?? calls.at(-1);

/** True for a call in a function that makes an application: it sets up that one. */
const makesOne = ({ setup }: FileFacts, { method }: SetupFact): boolean =>
  setup.some((fact) => fact.method === method && applicationKindOf(fact) !== undefined);

/** What the application's own file gives the function that sets it up. */
function givenArguments(
  constants: ConstantEvaluator,
  start: WorkspacePath,
  path: WorkspacePath,
  method: number | undefined,
): Bindings | undefined {
  if (method === undefined) return undefined;
  for (const { name, callee, args } of constants.program.files.get(start)?.setup ?? []) {
    if (name !== 'configure') continue;
    const { symbol } = constants.resolve({ expression: callee, path: start });
    if (symbol?.kind !== 'function' || symbol.path !== path || symbol.index !== method) continue;
    const names = parameterNames(constants.program.methodAt(path, method));
    return bindNames(names, args, { path: start });
  }
  return undefined;
}

function readPrefix(
  constants: ConstantEvaluator,
  controllers: Controllers,
  configuration: Configuration,
  { path, setup, bindings, self }: PlacedSetup,
): Partial<RouteSettings> {
  const [argument, options] = setup.args;
  if (argument === undefined) return {};
  const bound = { expression: argument, path, bindings, self };
  const text = configuration.text(bound);
  const list =
    options === undefined
      ? undefined
      : constants.property({ expression: options, path, bindings }, 'exclude');
  const exclude = (list ? constants.items(configuration.followed(list)) : []).flatMap((item) => {
    const whole = constants.value(item);
    if (typeof whole === 'string') return [{ path: whole, method: undefined }];
    const entry = constants.property(item, 'path');
    const value = entry && constants.value(entry);
    const method = controllers.requestMethod(constants.property(item, 'method'));
    return typeof value === 'string' ? [{ path: value, method }] : [];
  });
  return {
    prefix: text?.replace(/^\/+|\/+$/g, '') ?? '',
    prefixKnown: text !== undefined,
    prefixFixed: setup.arm === undefined && isFixed(constants, bound),
    exclude,
  };
}

function readVersioning(
  constants: ConstantEvaluator,
  controllers: Controllers,
  configuration: Configuration,
  { path, setup, bindings }: PlacedSetup,
): RouteSettings['versioning'] {
  const [argument] = setup.args;
  const options: ScopedExpression | undefined =
    argument === undefined ? undefined : { expression: argument, path, bindings };
  const property = (key: string) => options && constants.property(options, key);
  const type = property('type');
  if (type && !isUriType(constants, type)) return undefined;
  const prefix = property('prefix');
  const isNone = prefix && constants.value(prefix) === false;
  const letter = prefix ? configuration.text(prefix) : 'v';
  const defaults = property('defaultVersion');
  return {
    prefix: isNone ? '' : letter,
    defaults: defaults ? defaultVersions(controllers, configuration, defaults) : [],
  };
}

function defaultVersions(
  controllers: Controllers,
  configuration: Configuration,
  defaults: ScopedExpression,
): readonly Version[] {
  const text = configuration.text(defaults);
  return text === undefined ? controllers.versions(configuration.followed(defaults)) : [{ text }];
}

function isUriType(constants: ConstantEvaluator, type: ScopedExpression): boolean {
  const value = constants.value(type);
  if (typeof value === 'number') return value === 0;
  const isSymbol = typeof value === 'object' && value !== null && 'kind' in value;
  if (isSymbol && value.kind === 'external') return value.name === 'VersioningType.URI';
  return asMember(type.expression)?.name === 'URI';
}
