import type { Origin } from '../language/types/valueTypes.ts';
import type { WorkspacePath } from '../location.ts';
import type { Argument } from './callArguments.ts';
import type { CallParts, RecordedCall } from './callLibrary.ts';
import { packageCall, type PackageCall } from './packageCall.ts';

/** A call of a package's client, its arguments read one by one. */
export interface ClientCall extends PackageCall {
  /** Where the call stands. */
  readonly path: WorkspacePath;
  /** Of the call. */
  readonly given: (position: number) => Argument;
  /** Of what made the client: of `axios.create(…)`, `new Pool(…)`, `@InjectQueue(…)`. */
  readonly madeWith: (position: number) => Argument;
}

/** Undefined: it isn't called on what comes from a package. */
export function clientCall(parts: CallParts, call: RecordedCall): ClientCall | undefined {
  const of = packageCall(parts, call);
  if (!of) return undefined;
  return {
    ...of,
    path: call.path,
    given: (position) => argumentOf(call, position),
    madeWith: (position) => argumentMade(of.origin, position),
  };
}

/** An argument of what made a package's value. */
export function argumentMade({ made }: Origin, position: number): Argument {
  const expression = made?.args[position];
  return expression === undefined
    ? undefined
    : { ...made?.context, expression, path: made?.context.path ?? '' };
}

/** An argument of a recorded call. */
export function argumentOf({ fact, path, context }: RecordedCall, position: number): Argument {
  const expression = fact.args?.[position];
  return expression === undefined ? undefined : { expression, path, self: context.self };
}
