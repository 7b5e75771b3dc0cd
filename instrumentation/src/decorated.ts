import type { AnyFunction } from './anyFunction.ts';
import { applicationFrames } from './stack.ts';

interface Metadata {
  defineMetadata?(...args: unknown[]): unknown;
}

const scripts = new WeakMap<AnyFunction, readonly string[]>();
const watched = new WeakSet<AnyFunction>();

/**
 * Notes from which files classes and methods are decorated from now on: a decorator runs while its file is
 * loaded, and Nest's all write metadata. To be called again when reflect-metadata is loaded once more.
 */
export function watchDecorators(): void {
  const metadata = Reflect as Metadata;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called as it was below
  const { defineMetadata } = metadata;
  if (defineMetadata === undefined || watched.has(defineMetadata)) return;
  const noting = function (this: unknown, ...args: unknown[]): unknown {
    noteDecorated(args[2], noting);
    return Reflect.apply(defineMetadata, this, args);
  };
  watched.add(noting);
  metadata.defineMetadata = noting;
}

/** Notes it for a class or a method whose decorator runs at this moment. */
export function noteDecorated(target: unknown, below: AnyFunction): void {
  if (typeof target !== 'function' || scripts.has(target)) return;
  const files = applicationFrames(below).map((frame) => frame.getFileName() ?? '');
  scripts.set(target, [...new Set(files)]);
}

/**
 * The files that were being loaded when the class or method was decorated, its own among them; none for
 * those of libraries. Undefined for what has no decorator, or got it before anybody watched.
 */
export const decoratedIn = (target: AnyFunction): readonly string[] | undefined =>
  scripts.get(target);
