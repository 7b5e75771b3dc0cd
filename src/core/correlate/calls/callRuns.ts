import type { Trace } from '../../trace/trace.ts';
import { isCallSpan } from '../../matching/calls/isCallSpan.ts';
import type { MappedTrace } from '../../matching/mappedTrace.ts';
import { callOf } from '../../matching/match.ts';

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
    if (callId === undefined || callOf(matches[parent[row] ?? -1]) === callId) continue;
    if (!isCallSpan(span, matches[row])) continue;
    runs.push({ row, callId, request: requests[row] ?? -1 });
  }
  return runs;
}

/** Whether a request or message came in there. Not every way into a service has a server's or consumer's span: else the caller's own span tells it. */
export function isRequest({ spans, columns: { parent, service } }: Trace, row: number): boolean {
  const kind = spans[row]?.kind;
  if (kind === 'server' || kind === 'consumer') return true;
  const above = parent[row] ?? -1;
  const caller = spans[above]?.kind;
  return (caller === 'client' || caller === 'producer') && service[above] !== service[row];
}
