import { functionLocations } from './functionLocations.ts';
import type { Location } from './location.ts';
import { pathOf, sourceOf } from './sourceMaps.ts';

// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- of any signature
type AnyFunction = Function;

interface Method {
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

/** Classes whose methods callbacks may stand in. */
const prototypes = new Set<object>();
/** By script; made when first asked for. */
let extents: Map<string, readonly Extent[]> | undefined;

interface Extent {
  readonly functionName: string;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Instances of these classes run the application. */
export function rememberClasses(classes: Iterable<object>): void {
  for (const prototype of classes) prototypes.add(prototype);
  extents = undefined;
}

/**
 * The method of a remembered class that a line of a running file is in: for functions without a name of
 * their own. Undefined where none, or more than one on the same line, is around it.
 */
export function methodAround(script: string, line: number): string | undefined {
  extents ??= readExtents();
  const around = extents
    .get(pathOf(script))
    ?.filter(({ firstLine, lastLine }) => firstLine <= line && line <= lastLine);
  return around?.length === 1 ? around[0]?.functionName : undefined;
}

function readExtents(): Map<string, readonly Extent[]> {
  const all = [...prototypes].flatMap(methodsOf);
  const found = new Map<string, Extent[]>();
  for (const [position, at] of functionLocations(all.map(({ value }) => value)).entries()) {
    const method = all[position];
    if (at === undefined || method === undefined) continue;
    const { owner, name, value } = method;
    const lastLine = at.line + value.toString().split('\n').length - 1;
    const extent = { functionName: `${owner.name}.${name}`, firstLine: at.line, lastLine };
    const path = pathOf(at.script);
    found.set(path, [...(found.get(path) ?? []), extent]);
  }
  return found;
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

function methodsOf(prototype: object): Method[] {
  return Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(
    ([name, { value }]: [string, PropertyDescriptor]) =>
      typeof value === 'function' && name !== 'constructor'
        ? [{ owner: prototype.constructor, name, value: value as AnyFunction }]
        : [],
  );
}

function methodLocation(method: Method): Location | undefined {
  if (!locations.has(method.value)) locate([method]);
  return locations.get(method.value);
}

function locate(all: readonly Method[]): void {
  const owners = [...new Set(all.map(({ owner }) => owner))];
  const found = functionLocations([...owners, ...all.map(({ value }) => value)]);
  for (const [position, method] of all.entries()) {
    const owner = found[owners.indexOf(method.owner)];
    locations.set(method.value, place(method, owner, found[owners.length + position]));
  }
}

type Found = ReturnType<typeof functionLocations>[number];

/** A decorator may have put another function in a method's place: then the text of the class tells. */
function place(
  { owner, name, value }: Method,
  ofOwner: Found,
  ofValue: Found,
): Location | undefined {
  const functionName = `${owner.name}.${name}`;
  try {
    if (ofValue !== undefined && isWithin(value, owner, ofValue, ofOwner))
      return asLocation(functionName, ofValue);
    if (ofOwner === undefined) return undefined;
    const text = owner.toString();
    const offset = offsetInClass(text, name);
    if (offset === undefined) {
      const { path } = sourceOf(ofOwner.script, ofOwner.line, ofOwner.column);
      return { functionName, path, line: undefined, column: undefined };
    }
    const anchor = offsetInClass(text, 'constructor') ?? 0;
    return asLocation(functionName, { ...ofOwner, ...moved(ofOwner, text, anchor, offset) });
  } catch {
    return undefined;
  }
}

const isWithin = (value: AnyFunction, owner: AnyFunction, ofValue: Found, ofOwner: Found) =>
  ofValue?.script === ofOwner?.script && owner.toString().includes(value.toString());

function asLocation(functionName: string, found: NonNullable<Found>): Location {
  const source = sourceOf(found.script, found.line, found.column);
  return { functionName, line: undefined, column: undefined, ...source };
}

/** Where a class's text has a method of that name; undefined unless there is exactly one such place. */
function offsetInClass(text: string, name: string): number | undefined {
  const escaped = name.replace(/[^\w]/g, String.raw`\$&`);
  const heads = [
    ...text.matchAll(
      new RegExp(String.raw`(?:^|[\n;{}])\s*(?:async\s+)?\*?\s*${escaped}\s*\(`, 'g'),
    ),
  ].filter(({ index, 0: head }) => startsMethod(text, index + head.length));
  const [head] = heads;
  return heads.length === 1 && head !== undefined ? head.index + head[0].length - 1 : undefined;
}

/** After `name(`: parameters and then a body, which a call doesn't have. */
function startsMethod(text: string, from: number): boolean {
  let depth = 1;
  let at = from;
  for (; at < text.length && depth > 0; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
  }
  return /^\s*\{/.test(text.slice(at, at + 20));
}

/** V8 tells where a class's constructor has its parameters, or, without one, where the class begins. */
function moved({ line, column }: NonNullable<Found>, text: string, from: number, to: number) {
  const linesTo = text.slice(0, to).split('\n');
  const linesFrom = text.slice(0, from).split('\n');
  const isFirst = linesTo.length === 1;
  const start = isFirst && linesFrom.length === 1 ? column - from : 1;
  return {
    line: line + linesTo.length - linesFrom.length,
    column: start + (linesTo.at(-1)?.length ?? 0),
  };
}
