import type { RecordedCalls } from '../language/extract/recordedCalls.ts';
import type { CallLibrary } from './callLibrary.ts';
import { cacheLibrary } from './cache/cacheLibrary.ts';
import { grpcLibrary } from './grpc/grpcLibrary.ts';
import { httpLibrary } from './http/httpLibrary.ts';
import { messagesLibrary } from './messages/messagesLibrary.ts';
import { prismaLibrary } from './prisma/prismaLibrary.ts';
import { spansLibrary } from './spans/spansLibrary.ts';
import { sqlLibrary } from './sql/sqlLibrary.ts';

/** All libraries; where two would take a call, the first has it. */
export const libraries: readonly CallLibrary[] = [
  prismaLibrary,
  httpLibrary,
  messagesLibrary,
  spansLibrary,
  grpcLibrary,
  cacheLibrary,
  sqlLibrary,
];

/** What the libraries record from syntax. */
export const recordedCalls: RecordedCalls = {
  members: mostOf(libraries.map(({ members }) => members)),
  globals: mostOf(libraries.map(({ globals }) => globals ?? new Map<string, number>())),
  argumentsOf: (module) => {
    const counts = libraries.flatMap((library) => library.argumentsOf?.(module) ?? []);
    return counts.length === 0 ? undefined : Math.max(...counts);
  },
  recordsAll: (imports) => libraries.some((library) => library.recordsAll?.(imports)),
  membersOf: (module) => {
    const found = libraries.flatMap((library) => library.membersOf?.(module) ?? []);
    return found.length === 0 ? undefined : mostOf(found);
  },
  builders: mostOf(libraries.map(({ builders }) => builders ?? new Map<string, number>())),
  around: new Map(libraries.flatMap(({ around }) => [...(around ?? [])])),
  data: new Set(libraries.flatMap(({ data }) => [...(data ?? [])])),
};

function mostOf(counts: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  for (const [name, count] of counts.flatMap((one) => [...one])) {
    most.set(name, Math.max(most.get(name) ?? 0, count));
  }
  return most;
}
