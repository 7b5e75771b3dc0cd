import type { CodeIndex, ControllerMethod, Handler, HttpHandler } from '../../code/model.ts';
import { lookupsOf } from '../lookups.ts';

const mark = 'named';

/**
 * What NestJS calls `Class.method` where the code's routes have no such handler: a decorator made it one that isn't read.
 * The method of a controller, own or inherited; else a controller without it, whose decorator or base class outside the
 * workspace makes it (`methodId` empty); else the method of a class that isn't known as a controller.
 */
export function namedHandlers(
  index: CodeIndex,
  controller: string,
  callback: string,
): readonly HttpHandler[] {
  const all = index.controllerMethods(controller, callback);
  const written = all.filter(({ method }) => method !== undefined);
  const known = written.filter(({ isController }) => isController);
  const empty = all.filter(({ isController, mayHaveMore }) => isController && mayHaveMore);
  const found = [known, empty, written].find((some) => some.length > 0) ?? [];
  const isName = /^[\w$]{1,200}$/.test(callback);
  return isName ? found.map((one) => handlerOf(one, callback)) : [];
}

/** Also of `namedHandlers`, which the index doesn't list; undefined: gone. */
export function handlerById(index: CodeIndex, id: string): Handler | undefined {
  const listed = lookupsOf(index).handlers.get(id);
  if (listed !== undefined) return listed;
  const [start, controller, callback] = id.split('\n');
  if (start !== mark || controller === undefined || callback === undefined) return undefined;
  return namedHandlers(index, controller, callback).find((handler) => handler.id === id);
}

/** Its route is known to the spans alone. */
export const isNamedOnly = ({ id }: Pick<Handler, 'id'>): boolean => id.startsWith(`${mark}\n`);

function handlerOf(
  { controller, declaredIn, location, method, project }: ControllerMethod,
  callback: string,
): HttpHandler {
  return {
    kind: 'http',
    id: [mark, controller, callback, location.path].join('\n'),
    method: '',
    path: '',
    pathComplete: false,
    controller,
    handler: callback,
    declaredIn,
    location: method?.location ?? location,
    firstLine: method?.firstLine ?? location.line,
    lastLine: method?.lastLine ?? location.line,
    methodId: method?.id ?? '',
    project,
  };
}
