import type { Trace } from '../trace/trace.ts';
import type { RawSpan } from '../trace/rawSpan.ts';
import { clientRequestOf } from '../matching/calls/http/clientRequest.ts';
import { operationOf } from '../matching/calls/prisma/prismaSpan.ts';
import type { MappedTrace } from '../matching/mappedTrace.ts';
import { isMatch, type SpanMatch } from '../matching/match.ts';

/** A span that ran a call of the workspace. */
export interface CallRun {
  readonly row: number;
  /** Of the `CallSite`. */
  readonly callId: string;
  /**
   * Row where the request or message that it ran in came in: of a server or consumer span, or where a service without
   * such spans was called; -1: of the trace, where there is none.
   */
  readonly request: number;
}

/** Each call that ran, in rows: their queries and other parts, which are mapped to them as well, aren't calls. */
export function callRuns({ trace, matches }: MappedTrace): readonly CallRun[] {
  const { parent } = trace.columns;
  const requests = new Int32Array(trace.size).fill(-1);
  const runs: CallRun[] = [];
  let row = -1;
  for (const span of trace.spans) {
    row++;
    requests[row] = isRequest(trace, row) ? row : (requests[parent[row] ?? -1] ?? -1);
    const callId = callOf(matches[row]);
    if (callId === undefined || !isCall(span)) continue;
    if (callOf(matches[parent[row] ?? -1]) === callId) continue;
    runs.push({ row, callId, request: requests[row] ?? -1 });
  }
  return runs;
}

const isCall = (span: RawSpan): boolean =>
  operationOf(span) !== undefined || clientRequestOf(span) !== undefined;

/** Not every way into a service has a server's or consumer's span: else the caller's own span tells it. */
function isRequest({ spans, columns: { parent, service } }: Trace, row: number): boolean {
  const kind = spans[row]?.kind;
  if (kind === 'server' || kind === 'consumer') return true;
  const above = parent[row] ?? -1;
  const caller = spans[above]?.kind;
  return (caller === 'client' || caller === 'producer') && service[above] !== service[row];
}

/** Id of the call that a row is mapped to. */
export const callOf = (match: SpanMatch | undefined): string | undefined =>
  match && isMatch(match) ? match.callId : undefined;
