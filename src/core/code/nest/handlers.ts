import type { HttpHandler } from '../model.ts';
import type { WorkspacePath } from '../location.ts';
import { plainSettings, type Application } from './application/applications.ts';
import { classKey, type Classes } from '../language/types/classes.ts';
import type { Configuration } from './configuration/configuration.ts';
import type { ConstantEvaluator } from '../language/values/constantEvaluator.ts';
import type { ControllerOptions, ControllerRoute, Controllers } from './routes/controllers.ts';
import type { MessageRegistrations } from './messages/messageRegistrations.ts';
import { HandlerList, type FoundHandlers } from './leftOut.ts';
import type { MethodTable } from '../language/types/methodTable.ts';
import { mountsOf, requestApplications, servingMounts, type Mount } from './application/mounts.ts';
import type { Program } from '../language/program/program.ts';
import type { Projects } from '../projects/projects.ts';
import type { RegisteredClass, Registrations } from './application/registrations.ts';
import { routePaths } from './routes/routePaths.ts';
import type { Subclasses } from '../language/types/subclasses.ts';

/** What finding handlers needs. */
export interface HandlerParts {
  readonly constants: ConstantEvaluator;
  readonly configuration: Configuration;
  readonly subclasses: Subclasses;
  readonly program: Program;
  readonly classes: Classes;
  readonly controllers: Controllers;
  readonly registrations: Registrations;
  readonly messages: MessageRegistrations;
  readonly applications: readonly Application[];
  readonly projects: Projects;
  readonly methods: MethodTable;
}

/** A controller and the modules that have it. */
interface RegisteredController extends RegisteredClass {
  readonly options: ControllerOptions;
}

/** HTTP handlers of a file's classes, each once per path and application that has its controller. */
export function linkHandlers(parts: HandlerParts, path: WorkspacePath): FoundHandlers<HttpHandler> {
  const found = new HandlerList<HttpHandler>();
  for (const controller of findControllers(parts, path)) {
    const routes = parts.controllers.routes(controller.symbol);
    if (routes.length === 0) continue;
    const { symbol, modules } = controller;
    const mounts = mountsOf(parts, symbol.path, modules, requestApplications);
    for (const mount of servingMounts(mounts, parts)) {
      for (const route of routes) {
        const { path: file, index } = route.source;
        found.add(parts.methods.at(file, index), handlersOf(parts, controller, route, mount));
      }
    }
  }
  return found.all;
}

/** Classes with `@Controller`, and those without one that a module lists all the same. */
function findControllers(
  parts: HandlerParts,
  path: WorkspacePath,
): readonly RegisteredController[] {
  const registered = parts.registrations.controllersIn(path);
  const found: RegisteredController[] = registered.flatMap((of) => {
    const options = parts.controllers.options(of.symbol, true);
    return options ? [{ ...of, options }] : [];
  });
  const listed = new Set(registered.map(({ symbol }) => (symbol.bindings ? '' : classKey(symbol))));
  parts.program.facts(path)?.classes.forEach((fact, index) => {
    if (fact.abstract || fact.within !== undefined || fact.decorators.length === 0) return;
    const symbol = { kind: 'class', path, index } as const;
    if (listed.has(classKey(symbol))) return;
    const options = parts.controllers.options(symbol, false);
    if (options) found.push({ symbol, options, modules: [] });
  });
  return found;
}

function* handlersOf(
  parts: HandlerParts,
  controller: RegisteredController,
  route: ControllerRoute,
  { application, modulePath }: Mount,
): Iterable<HttpHandler> {
  const settings = application?.settings ?? plainSettings;
  const { symbol, options } = controller;
  const { source } = route;
  const fact = parts.program.classAt(symbol.path, symbol.index);
  const method = parts.methods.at(source.path, source.index);
  const project = parts.projects.of(application?.path ?? symbol.path);
  for (const controllerPath of options.paths) {
    for (const methodPath of route.paths) {
      const paths = routePaths(
        {
          method: route.method,
          versions: route.versions.length > 0 ? route.versions : options.versions,
          modulePath,
          controllerPath,
          methodPath,
        },
        settings,
      );
      for (const { path, complete, ending } of paths) {
        yield {
          kind: 'http',
          id: [project, route.method, path, `${symbol.path}#${fact.name}`, source.name].join(' '),
          method: route.method,
          path,
          pathComplete: complete,
          ...(!settings.prefixFixed && ending !== path && { ending }),
          ...(settings.router && { router: settings.router }),
          controller: fact.name,
          handler: source.name,
          declaredIn: source.fact.name,
          location: method.location,
          firstLine: method.firstLine,
          lastLine: method.lastLine,
          methodId: method.id,
          project,
        };
      }
    }
  }
}
