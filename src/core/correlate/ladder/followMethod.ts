import type { CodeIndex, CodeLocation, MethodFact } from '../../code/model.ts';
import type { FunctionName } from './namedCode.ts';

/**
 * What the code as it is now says of a recorded line and the function it was in:
 * - `here`: the line is inside a method of that name.
 * - `moved`: it isn't, and the method is at another place: the file changed since.
 * - `unsure`: the file has that class, or a method of that name, but not so that one place can be told.
 * - `unknown`: nothing to compare: no name, or one that the index doesn't have (a callback, a library's).
 */
export type Followed =
  | { readonly kind: 'here' | 'unsure' | 'unknown' }
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
  const exact = named.filter(({ className }) => className === wanted.className);
  const isAround = ({ firstLine, lastLine }: MethodFact) => firstLine <= line && line <= lastLine;
  if (exact.some(isAround)) return { kind: 'here' };
  if (named.some(isAround)) return { kind: exact.length > 0 ? 'unsure' : 'here' };
  const [method] = exact;
  if (method !== undefined) return exact.length === 1 ? { kind: 'moved', method } : unsure;
  // A bare name may be that of a function inside another, which the index doesn't have.
  if (wanted.className === '') return named.length > 0 ? unsure : { kind: 'unknown' };
  if (methods.some(({ className }) => className === wanted.className)) return unsure;
  return outside(named, wanted, index);
}

const unsure: Followed = { kind: 'unsure' };

/** The class isn't in the file: it inherits the method from one that is, or it moved to another file. */
function outside(
  named: readonly MethodFact[],
  { className, name }: FunctionName,
  index: CodeIndex,
): Followed {
  const [inherited] = named;
  if (inherited !== undefined && named.length === 1) return { kind: 'moved', method: inherited };
  const [elsewhere, ...more] = index.methodsNamed(className, name);
  if (elsewhere !== undefined && more.length === 0) return { kind: 'moved', method: elsewhere };
  return { kind: named.length > 0 ? 'unsure' : 'unknown' };
}
