import type { RawSpan } from '../../trace/rawSpan.ts';
import { isMatch, type SpanMatch } from '../match.ts';
import { operationOf } from './prisma/prismaSpan.ts';
import { isOfCall } from './spansOfCalls.ts';

/** Of a span that is mapped to a call: it is a run of the call, not one of its queries and other parts. */
export const isCallSpan = (span: RawSpan, match: SpanMatch | undefined): boolean =>
  (operationOf(span) !== undefined || isOfCall(span)) &&
  !(match && isMatch(match) && match.isFurther === true);
