import { textAttribute, type RawSpan } from '../../../trace/rawSpan.ts';
import { messageNames, type MessageNames } from '../../messages/messageNames.ts';
import { isSending } from '../../messages/messageOperation.ts';

/** What a span says of the message that it sends. */
export interface SentMessage extends MessageNames {
  /** Of BullMQ the queue's method: `addBulk`; empty: not recorded. */
  readonly operation: string;
  /** Of the AWS SDK: `SendMessageBatch`; empty: not recorded. */
  readonly command: string;
}

/** Undefined: the span sends no message; what is published through Redis is a command of its clients. */
export function sentMessageOf(span: RawSpan): SentMessage | undefined {
  const names = messageNames(span);
  if (names === undefined || !isSending(span)) return undefined;
  const { attributes } = span;
  return {
    ...names,
    operation: textAttribute(attributes, 'bullmq.queue.operation') ?? '',
    command: textAttribute(attributes, 'rpc.method') ?? '',
  };
}
