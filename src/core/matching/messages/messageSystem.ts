import { textAttribute, type Attributes } from '../../trace/rawSpan.ts';

/** Other spellings of a system, in lower case. */
const spellings: Readonly<Record<string, string>> = {
  'aws.sqs': 'aws_sqs',
  awssqs: 'aws_sqs',
  amazonsqs: 'aws_sqs',
  amazon_sqs: 'aws_sqs',
  sqs: 'aws_sqs',
  bull: 'bullmq',
};

/** Where the instrumentations of Bull and BullMQ, and those who write such spans by hand, have the queue. */
export const bullQueueKeys = [
  'bullmq.queue.name',
  'messaging.bullmq.queue.name',
  'bull.queue.name',
] as const;

/** What carries a message: `messaging.system`, as the newest conventions spell it; empty: no message. */
export function messageSystem(attributes: Attributes): string {
  if (textAttribute(attributes, ...bullQueueKeys) !== undefined) return 'bullmq';
  const stated = textAttribute(attributes, 'messaging.system')?.toLowerCase() ?? '';
  return Object.hasOwn(spellings, stated) ? (spellings[stated] ?? '') : stated;
}
