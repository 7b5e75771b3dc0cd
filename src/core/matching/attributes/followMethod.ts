import type { CodeIndex, MethodFact } from '../../code/model.ts';
import type { CodeLocation } from '../../code/location.ts';
import type { FunctionName } from './namedCode.ts';
import { classSays, isUnknownClass } from './runtimeClass.ts';

/**
 * What the code as it is now says of a recorded line and the function it was in:
 * - `here`: the line is inside a method of that name.
 * - `moved`: it isn't, and the method is at another place: the file changed since.
 * - `unsure`: the file has that class, or a method of that name, but not so that one place can be told.
 * - `foreign`: it has not, and the workspace knows no such class: rather another file is meant.
 * - `unknown`: nothing to compare: no name, or one that the index doesn't have (a callback, a library's).
 */
export type Followed =
  | { readonly kind: 'here' | 'unsure' | 'foreign' | 'unknown' }
  | { readonly kind: 'moved'; readonly method: MethodFact };

/**
 * Compares a recorded line with the function it was in, by name. The class that a span or a stack frame
 * names is the one that ran: the method may be one it inherits.
 */
export function followMethod(
  { path, line }: CodeLocation,
  wanted: FunctionName | undefined,
  index: CodeIndex,
): Followed {
  const methods = index.methodsOf(path);
  if (wanted === undefined || methods.length === 0) return { kind: 'unknown' };
  const named = methods.filter(({ name }) => name === wanted.name);
  const says = (method: MethodFact) => classSays(wanted.className, method, index);
  const exact = named.filter((method) => says(method) === 'own');
  const isAround = ({ firstLine, lastLine }: MethodFact) => firstLine <= line && line <= lastLine;
  if (exact.some(isAround)) return { kind: 'here' };
  const possible = named.filter((method) => wanted.className === '' || says(method) !== 'other');
  if (exact.length > 0 && named.some(isAround)) return unsure;
  if (possible.some(isAround)) return { kind: 'here' };
  const [method] = exact;
  if (method !== undefined) return exact.length === 1 ? { kind: 'moved', method } : unsure;
  // A bare name may be that of a function inside another, which the index doesn't have.
  if (wanted.className === '') return named.length > 0 ? unsure : { kind: 'unknown' };
  if (methods.some(({ className }) => className === wanted.className)) return unsure;
  return outside(possible, wanted, index);
}

const unsure: Followed = { kind: 'unsure' };

/** The class isn't in the file: it inherits the method from one that is, or it moved to another file. */
function outside(
  possible: readonly MethodFact[],
  { className, name }: FunctionName,
  index: CodeIndex,
): Followed {
  const [inherited] = possible;
  if (inherited !== undefined && possible.length === 1) return { kind: 'moved', method: inherited };
  const [elsewhere, ...more] = index.methodsNamed(className, name);
  if (elsewhere !== undefined && more.length === 0) return { kind: 'moved', method: elsewhere };
  if (possible.length > 0) return unsure;
  return { kind: isUnknownClass(className, index) ? 'foreign' : 'unknown' };
}
