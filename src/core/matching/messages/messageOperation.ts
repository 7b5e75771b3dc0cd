import { textAttribute, type RawSpan } from '../../trace/rawSpan.ts';
import { messageSystem } from './messageSystem.ts';

type Named = Pick<RawSpan, 'name' | 'attributes'>;

/** Words for a message that something takes, of all ages of the semantic conventions. */
const handling = /^(?:process|deliver|consume|worker\.run)$/i;
const fetching = /^(?:receive|poll)$/i;
const sending = /^(?:publish|create|send)$/i;

/**
 * `process orders` of kafkajs and BullMQ, `orders process` of amqplib and SQS, `Worker.run orders` of AppSignal's
 * BullMQ; undefined: no consumer's name.
 */
export function consumedBy(name: string): string | undefined {
  const [, after, before] =
    /^(?:(?:process|consume|Worker\.run) (.+)|(.+) (?:process|deliver|consume))$/s.exec(name) ?? [];
  return after ?? before;
}

/** `orders receive` of the AWS SDK, `poll orders` of kafkajs: messages are fetched, not handled yet. Else empty. */
export const fetchedBy = (name: string): string => {
  const [, before, after] = /^(?:(.+) receive|poll (.+))$/s.exec(name) ?? [];
  return before ?? after ?? '';
};

/**
 * Whether a consumer's span is the handling of a message, not only the fetching. Older instrumentations name
 * the span like its topic: then the operation tells.
 */
export function isHandling(span: Named): boolean {
  const { name, attributes } = span;
  const system = messageSystem(attributes);
  if (system === 'socket.io') return true;
  // One instrumentation of BullMQ calls the run of a job `receive`.
  if (system === 'bullmq' && jobOf(span) !== '') return true;
  const operation = operationOf(span);
  if (handling.test(operation)) return true;
  return !fetching.test(operation) && consumedBy(name) !== undefined;
}

/** Whether messages are fetched here: by a consumer's span, or as newer conventions have it by a client's. */
export const isFetching = (span: Pick<RawSpan, 'kind'> & Named): boolean =>
  span.kind === 'consumer'
    ? !isHandling(span) && (fetching.test(operationOf(span)) || fetchedBy(span.name) !== '')
    : span.kind === 'client' && fetching.test(operationOf(span));

/** Whether a message is sent here: of a bulk or a flow, the span around them all is no producer's. */
export const isSending = (span: Pick<RawSpan, 'kind'> & Named): boolean =>
  span.kind === 'producer' || (span.kind === 'internal' && sending.test(operationOf(span)));

/** Name of a queue's job, of whichever instrumentation; empty: not known. */
export const jobOf = ({ attributes }: Pick<RawSpan, 'attributes'>): string =>
  textAttribute(attributes, 'bullmq.job.name', 'messaging.bullmq.job.name', 'bull.job.name') ?? '';

const operationOf = ({ attributes }: Pick<RawSpan, 'attributes'>): string =>
  textAttribute(
    attributes,
    'messaging.operation.type',
    'messaging.operation',
    'messaging.operation.name',
  ) ?? '';
