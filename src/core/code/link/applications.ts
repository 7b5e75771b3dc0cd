import { asMember } from '../expression.ts';
import type { SetupFact } from '../facts.ts';
import type { WorkspacePath } from '../model.ts';
import type { Bound } from './bound.ts';
import type { Configuration } from './configuration.ts';
import type { Constants } from './constants.ts';
import type { Controllers } from './controllers.ts';
import type { NestModules } from './nestModules.ts';
import type { RouteSettings } from './routePaths.ts';

/** One `NestFactory.create(…)`. */
export interface Application {
  readonly path: WorkspacePath;
  /** Key of its root module; undefined when it isn't known. */
  readonly rootModule: string | undefined;
  readonly settings: RouteSettings;
}

export const plainSettings: RouteSettings = {
  prefix: '',
  prefixKnown: true,
  exclude: [],
  versioning: undefined,
};

/** Finds the applications of the workspace and what each sets for its routes. */
export function findApplications(
  constants: Constants,
  modules: NestModules,
  controllers: Controllers,
  configuration: Configuration,
): readonly Application[] {
  const applications: Application[] = [];
  for (const [path, facts] of constants.program.files) {
    for (const setup of facts.setup) {
      if (setup.name !== 'create') continue;
      const [root] = setup.args;
      applications.push({
        path,
        rootModule: root === undefined ? undefined : modules.rootKey({ expression: root, path }),
        settings: readSettings(constants, controllers, configuration, path),
      });
    }
  }
  return applications;
}

function readSettings(
  constants: Constants,
  controllers: Controllers,
  configuration: Configuration,
  path: WorkspacePath,
): RouteSettings {
  const prefix = nearestSetup(constants, path, 'setGlobalPrefix');
  const versioning = nearestSetup(constants, path, 'enableVersioning');
  return {
    ...plainSettings,
    ...(prefix && readPrefix(constants, controllers, configuration, prefix)),
    versioning: versioning && readVersioning(constants, controllers, versioning),
  };
}

interface PlacedSetup {
  readonly path: WorkspacePath;
  readonly setup: SetupFact;
}

/** The call in the application's own file, or in the nearest file that it imports. */
function nearestSetup(
  constants: Constants,
  start: WorkspacePath,
  name: string,
): PlacedSetup | undefined {
  const { program } = constants;
  const seen = new Set([start]);
  for (const path of seen) {
    const facts = program.files.get(path);
    const setup = facts?.setup.find((fact) => fact.name === name);
    if (setup) return { path, setup };
    for (const { from } of [...(facts?.imports ?? []), ...(facts?.exports ?? [])]) {
      const target = from === undefined ? undefined : program.modules.resolve(path, from);
      if (target !== undefined) seen.add(target);
    }
  }
  return undefined;
}

function readPrefix(
  constants: Constants,
  controllers: Controllers,
  configuration: Configuration,
  { path, setup }: PlacedSetup,
): Partial<RouteSettings> {
  const [argument, options] = setup.args;
  if (argument === undefined) return {};
  const text = configuration.text({ expression: argument, path });
  const list =
    options === undefined
      ? undefined
      : constants.property({ expression: options, path }, 'exclude');
  const exclude = (list ? constants.items(list) : []).flatMap((item) => {
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
    exclude,
  };
}

function readVersioning(
  constants: Constants,
  controllers: Controllers,
  { path, setup }: PlacedSetup,
): RouteSettings['versioning'] {
  const [argument] = setup.args;
  const options: Bound | undefined =
    argument === undefined ? undefined : { expression: argument, path };
  const property = (key: string) => options && constants.property(options, key);
  const type = property('type');
  if (type && !isUriType(constants, type)) return undefined;
  const prefix = property('prefix');
  const prefixValue = prefix && constants.value(prefix);
  const defaults = property('defaultVersion');
  return {
    prefix: prefixValue === false ? '' : typeof prefixValue === 'string' ? prefixValue : 'v',
    defaults: defaults ? controllers.versions(defaults) : [],
  };
}

function isUriType(constants: Constants, type: Bound): boolean {
  const value = constants.value(type);
  if (typeof value === 'number') return value === 0;
  const isSymbol = typeof value === 'object' && value !== null && 'kind' in value;
  if (isSymbol && value.kind === 'external') return value.name === 'VersioningType.URI';
  return asMember(type.expression)?.name === 'URI';
}
