import type { LibraryCallFact } from '../language/facts.ts';
import type { Program } from '../language/program/program.ts';
import { qualifiedName } from '../language/types/methodTable.ts';
import type { TypeContext } from '../language/types/valueTypes.ts';
import type { CallPlace } from '../model.ts';
import type { WorkspacePath } from '../location.ts';
import type { CallParts, RecordedCall } from './callLibrary.ts';

/** A fact with where it stands and what it is called on. */
export function recordedCall(
  { program, types }: Pick<CallParts, 'program' | 'types'>,
  fact: LibraryCallFact,
  path: WorkspacePath,
): RecordedCall {
  const context = contextOf(program, fact.method, path);
  return { fact, path, context, type: types.of(fact.on, context) };
}

/** Where the code of a method stands. */
export function contextOf(program: Program, method: number | undefined, path: string): TypeContext {
  const source = method === undefined ? undefined : program.methodAt(path, method);
  const self =
    source?.class === undefined
      ? undefined
      : ({ kind: 'class', path, index: source.class } as const);
  return { path, self, isStatic: source?.static };
}

/** What every call site has of its place. */
export function placeOf(
  { methods, projects }: Pick<CallParts, 'methods' | 'projects'>,
  { fact, path }: Pick<RecordedCall, 'fact' | 'path'>,
): CallPlace {
  const { line, column } = fact;
  const method = fact.method === undefined ? undefined : methods.at(path, fact.method);
  return {
    id: `${path}:${line}:${column}`,
    location: { path, line, column },
    enclosing: method ? qualifiedName(method) : '',
    methodId: method?.id,
    inLoop: fact.loop !== undefined,
    ...(fact.loop !== undefined && { loop: { path, line: fact.loop, column: 1 } }),
    ...(fact.awaited && { awaited: true }),
    project: projects.of(path),
  };
}
