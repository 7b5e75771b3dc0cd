import type { Trace } from '../trace/trace.ts';
import { operationOf } from './ladder/prismaSpan.ts';
import { isMatch, type SpanMatch } from './match.ts';

/** A trace and the code of its rows. */
export interface MappedTrace {
  readonly trace: Trace;
  readonly matches: readonly SpanMatch[];
}

/** A span that ran a Prisma call of the workspace. */
export interface CallRun {
  readonly row: number;
  /** Of the `PrismaCall`. */
  readonly callId: string;
  /** Row of the server or consumer span of the same service that it ran in; -1: of the trace, where there is none. */
  readonly request: number;
}

/** Each Prisma call that ran, in rows: their queries and other parts, which are mapped to them as well, aren't calls. */
export function callRuns({ trace, matches }: MappedTrace): readonly CallRun[] {
  const { parent, service } = trace.columns;
  const requests = new Int32Array(trace.size).fill(-1);
  const runs: CallRun[] = [];
  let row = -1;
  for (const span of trace.spans) {
    row++;
    const isRequest = span.kind === 'server' || span.kind === 'consumer';
    requests[row] = isRequest ? row : (requests[parent[row] ?? -1] ?? -1);
    const callId = callOf(matches[row]);
    if (callId === undefined || operationOf(span) === undefined) continue;
    if (callOf(matches[parent[row] ?? -1]) === callId) continue;
    const request = requests[row] ?? -1;
    const isOwn = service[request] === service[row];
    runs.push({ row, callId, request: isOwn ? request : -1 });
  }
  return runs;
}

/** Id of the Prisma call that a row is mapped to. */
export const callOf = (match: SpanMatch | undefined): string | undefined =>
  match && isMatch(match) ? match.prismaCallId : undefined;
