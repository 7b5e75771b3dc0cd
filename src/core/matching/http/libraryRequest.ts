import { message } from '../../base/message.ts';
import { textAttribute, type RawSpan } from '../../trace/rawSpan.ts';
import { isMatch, type Unmapped } from '../match.ts';
import { unmapped } from '../handlerMatch.ts';
import type { Found, MatchContext } from '../matchContext.ts';

/**
 * The request that a client library's call makes: HTTP below a span of the AWS SDK, Redis below one of
 * BullMQ. What leads to code is that span, not this one. Undefined for any other span.
 */
export function libraryRequest(
  { kind }: RawSpan,
  row: number,
  found: Found,
  { trace }: MatchContext,
): Unmapped | undefined {
  const { parent, service } = trace.columns;
  const above = parent[row] ?? -1;
  const span = trace.spans[above];
  if (kind !== 'client' || span === undefined || service[above] !== service[row]) return undefined;
  const match = found[above];
  const isOwnWork = match !== undefined && !isMatch(match) && match.cause === 'framework';
  const isCall = span.kind === 'client' || span.kind === 'producer' || isAwsCall(span);
  if (!isCall && !(isOwnWork && isQueueWork(span))) return undefined;
  return unmapped('framework', message('Request made by the library call above.'));
}

const isAwsCall = ({ attributes }: RawSpan) =>
  textAttribute(attributes, 'rpc.system') === 'aws-api';

const isQueueWork = ({ attributes }: RawSpan) =>
  textAttribute(attributes, 'bullmq.queue.operation', 'bullmq.queue.name') !== undefined;
