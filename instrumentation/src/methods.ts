import type { AnyFunction } from './anyFunction.ts';
import {
  findClass,
  offsetInClass,
  positionIn,
  type ClassText,
  type FileTexts,
} from './classText.ts';
import { decoratedIn } from './decorated.ts';
import { functionLocations, type FunctionLocation } from './functionLocations.ts';
import type { Location } from './location.ts';
import { sourceOf } from './sourceMaps.ts';

/** A method as its class has it. */
export interface Method {
  readonly owner: AnyFunction;
  readonly name: string;
  readonly value: AnyFunction;
}

/** By the function that Nest calls, which tracing may have wrapped. */
const methods = new WeakMap<AnyFunction, Method | undefined>();
/** By the method itself. */
const locations = new WeakMap<AnyFunction, Location | undefined>();

/**
 * Where the method is written that Nest calls on an instance: in the class that has it, which may be a base
 * class. `callback` is the method, or what wraps it under its name. Undefined when it can't be told.
 */
export function handlerLocation(instance: object, callback: AnyFunction): Location | undefined {
  if (!methods.has(callback)) methods.set(callback, findMethod(instance, callback));
  const method = methods.get(callback);
  return method === undefined ? undefined : methodLocation(method);
}

/** Where the method of that name is written. */
export function namedMethodLocation(prototype: object, name: string): Location | undefined {
  for (const owner of prototypesFrom(prototype)) {
    const value: unknown = Object.getOwnPropertyDescriptor(owner, name)?.value;
    if (typeof value === 'function')
      return methodLocation({ owner: owner.constructor, name, value });
  }
  return undefined;
}

/** Looks many methods up in one go, so that the first requests need not. */
export function prepareMethods(prototypes: readonly object[]): void {
  const all = prototypes.flatMap(methodsOf).filter(({ value }) => !locations.has(value));
  if (all.length > 0) locate(all);
}

function findMethod(instance: object, callback: AnyFunction): Method | undefined {
  const all = [...prototypesFrom(Object.getPrototypeOf(instance) as object | null)].flatMap(
    methodsOf,
  );
  const same = all.find(({ value }) => value === callback);
  if (same !== undefined) return same;
  const named = all.find(({ name }) => name === callback.name);
  if (named !== undefined) return named;
  const alike = all.filter(({ value }) => value.name === callback.name);
  return alike.length === 1 ? alike[0] : undefined;
}

function* prototypesFrom(prototype: object | null): Generator<object> {
  for (
    let one = prototype;
    one !== null && one !== Object.prototype;
    one = Object.getPrototypeOf(one) as object | null
  )
    yield one;
}

/** The class's own. */
export function methodsOf(prototype: object): Method[] {
  return Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(
    ([name, { value }]: [string, PropertyDescriptor]) =>
      typeof value === 'function' && name !== 'constructor'
        ? [{ owner: prototype.constructor, name, value: value as AnyFunction }]
        : [],
  );
}

/** Where the method is written. */
export function methodLocation(method: Method): Location | undefined {
  if (!locations.has(method.value)) locate([method]);
  return locations.get(method.value);
}

/** By the text of the classes; where that isn't in their files, V8 is asked. */
function locate(all: readonly Method[]): void {
  const texts: FileTexts = new Map();
  const asked: Method[] = [];
  for (const method of all) {
    const { owner, name, value } = method;
    const scripts = decoratedIn(value) ?? decoratedIn(owner);
    const found = scripts && findClass(owner.toString(), scripts, texts);
    if (found !== undefined) locations.set(value, placeInClass(found, owner.name, name, value));
    else if (scripts?.length === 0) locations.set(value, undefined);
    else asked.push(method);
  }
  if (asked.length > 0) askForLocations(asked);
}

function placeInClass(
  { script, file, offset, text }: ClassText,
  className: string,
  name: string,
  value: AnyFunction,
): Location {
  const functionName = `${className}.${name}`;
  const inClass = offsetInClass(text, name, value.toString());
  const { line, column } = positionIn(file, offset + (inClass ?? 0));
  const source = sourceOf(script, line, column);
  const unknown = { line: undefined, column: undefined };
  return inClass === undefined
    ? { functionName, path: source.path, ...unknown }
    : { functionName, ...unknown, ...source };
}

/** V8 knows of a function in which script it begins, and where. */
function askForLocations(all: readonly Method[]): void {
  const found = functionLocations(all.map(({ value }) => value));
  for (const [position, { owner, name, value }] of all.entries()) {
    const at = found[position];
    const isOwn = at !== undefined && owner.toString().includes(value.toString());
    locations.set(value, isOwn ? asLocation(`${owner.name}.${name}`, at) : undefined);
  }
}

function asLocation(functionName: string, found: FunctionLocation): Location | undefined {
  try {
    const source = sourceOf(found.script, found.line, found.column);
    return { functionName, line: undefined, column: undefined, ...source };
  } catch {
    return undefined;
  }
}
