import type { CodeIndex, MethodFact } from '../../code/model.ts';

/** What a name of a class, as the running program has it, says about a method. */
export type ClassSays = 'own' | 'inherits' | 'other' | 'nothing';

/**
 * Compares the class that a span or a frame names with the one a method is declared in:
 * - `own`: the same.
 * - `inherits`: a class of the workspace that has the method from there, or may.
 * - `other`: neither: the method is another class's.
 * - `nothing`: no class of a program: what is built in, or renamed by a minifier.
 */
export function classSays(
  className: string,
  { className: declared, location }: MethodFact,
  index: CodeIndex,
): ClassSays {
  const own = original(className);
  if (className === declared || own === declared) return 'own';
  // V8 names what a plain function was called on.
  if (declared === '' || !isClassName(className)) return 'nothing';
  const ancestry = index.ancestryOf(className) ?? index.ancestryOf(own);
  if (ancestry === undefined) return 'other';
  const isBase = ancestry.classes.some(
    ({ path, name }) => path === location.path && name === declared,
  );
  return isBase || !ancestry.isComplete ? 'inherits' : 'other';
}

/** Whether the workspace has no such class, although it is one of a program. */
export const isUnknownClass = (className: string, index: CodeIndex): boolean =>
  isClassName(className) &&
  index.ancestryOf(className) === undefined &&
  index.ancestryOf(original(className)) === undefined;

/** Without what bundlers put around a name that is taken: `_OrdersService`, `OrdersService2`, `OrdersService$1`. */
const original = (className: string): string => className.replace(/^_+|[_$]?\d+$/g, '');

/** Names that a minifier would not give, and that JavaScript and Node.js do not have. */
const isClassName = (name: string): boolean => /^_?[A-Z]\w{2}/.test(name) && !builtIn.has(name);

const builtIn = new Set([
  'Array',
  'AsyncFunction',
  'AsyncGenerator',
  'AsyncLocalStorage',
  'AsyncResource',
  'ChildProcess',
  'Error',
  'EventEmitter',
  'EventTarget',
  'Function',
  'Generator',
  'GeneratorFunction',
  'Immediate',
  'IncomingMessage',
  'Interface',
  'JSON',
  'Map',
  'MessagePort',
  'Module',
  'ModuleJob',
  'Object',
  'Promise',
  'Proxy',
  'Readable',
  'Reflect',
  'ReadStream',
  'Script',
  'Server',
  'ServerResponse',
  'Set',
  'Socket',
  'String',
  'TLSSocket',
  'Timeout',
  'Transform',
  'WeakMap',
  'Worker',
  'Writable',
  'WriteStream',
]);
