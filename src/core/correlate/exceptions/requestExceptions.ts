import { shortened } from '../../base/visibleText.ts';
import type { MappedTrace } from '../../matching/mappedTrace.ts';
import { statusCodeOf } from '../../matching/operations/operationKey.ts';
import type { FramePlace } from '../../matching/stack/locateFrame.ts';
import { stackTexts } from '../../matching/stack/stackTexts.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import { isArrival } from '../peers/arrivals.ts';
import { isExpectedException } from './expectedException.ts';
import type { LocateStack } from './locateStack.ts';

/** An exception of one request. Texts are hostile, and cut. */
export interface RecordedException {
  /** Of the innermost span that recorded it with its line, else of the innermost. */
  readonly row: number;
  readonly span: RawSpan;
  readonly type: string;
  readonly message: string;
  readonly place: Pick<FramePlace, 'location' | 'symbol' | 'reason'> | undefined;
}

const longestType = 100;
const longestMessage = 500;

/**
 * What the requests of a trace failed with, each exception once a request: instrumentations record the same one on the
 * handler's span, on NestJS's and on the server's.
 */
export function requestExceptions(
  { trace }: MappedTrace,
  locate: LocateStack,
): { readonly exceptions: readonly RecordedException[]; readonly expected: number } {
  const { parent } = trace.columns;
  const requests = new Int32Array(trace.size).fill(-1);
  const found = new Map<string, RecordedException>();
  const expected = new Set<number>();
  for (const [row, span] of trace.spans.entries()) {
    const request = isArrival(span) ? row : (requests[parent[row] ?? -1] ?? -1);
    requests[row] = request;
    const arrival = trace.spans[request];
    const status = arrival === undefined ? 0 : statusCodeOf(arrival);
    for (const one of recorded(span, row, locate)) {
      if (isExpectedException(one.type, status)) expected.add(request);
      else {
        const key = JSON.stringify([request, one.type, one.message]);
        const before = found.get(key);
        if (before?.place === undefined || one.place !== undefined) found.set(key, one);
      }
    }
  }
  return { exceptions: [...found.values()], expected: expected.size };
}

function recorded(span: RawSpan, row: number, locate: LocateStack): readonly RecordedException[] {
  if (span.events.length === 0 && span.status !== 'error') return [];
  return stackTexts(span)
    .filter(({ isFailure }) => isFailure)
    .map((text) => {
      const found = locate(text, span.resource.service);
      return {
        row,
        span,
        type: shortened(text.type === '' ? 'Error' : text.type, longestType),
        message: shortened(text.message, longestMessage),
        place: found && {
          location: found.location,
          symbol: found.symbol,
          reason: found.reason,
        },
      };
    });
}
