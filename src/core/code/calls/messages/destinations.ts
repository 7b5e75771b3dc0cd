import { option, textIn, type Argument } from '../callArguments.ts';
import type { CallParts } from '../callLibrary.ts';
import type { ClientCall } from '../clientCall.ts';
import { transportIn } from '../../nest/messages/clientRegistrations.ts';
import { patternText } from '../../nest/messages/patternText.ts';

/** Where a message goes. */
export interface Destination {
  /** Topic, queue, exchange or pattern, `*` for what isn't known of it; undefined: nothing is. */
  readonly target: string | undefined;
  /** A queue's job, an exchange's routing key. */
  readonly detail?: string;
  /** Where it goes, where that isn't the target. */
  readonly destinations?: readonly string[];
  /** What carries it, where the package has several ways. */
  readonly system?: string;
  /** Of the AWS SDK 3. */
  readonly command?: string;
}

/** How a client's call says where its message goes; undefined: it sends none. */
export type Sending = (parts: CallParts, call: ClientCall) => Destination | undefined;

const to = (target: string | undefined, detail?: string): Destination =>
  detail === undefined ? { target } : { target, detail };

/** Of a text that comes first: a queue, a subject, a topic. */
export const textSent: Sending = (parts, { given }) => to(textIn(parts, given(0)));

/** Of a pattern of NestJS: a text, or an object as JSON. */
export const patternSent: Sending = (parts, call) => {
  const pattern = call.given(0);
  return {
    target: pattern && (patternText(parts.constants, pattern) ?? textIn(parts, pattern)),
    ...carrier(parts, call),
  };
};

const systems: Readonly<Record<string, string>> = {
  TCP: 'TCP',
  REDIS: 'Redis',
  NATS: 'NATS',
  MQTT: 'MQTT',
  RMQ: 'RabbitMQ',
  KAFKA: 'Kafka',
};

/** What a ClientProxy sends through: by the options that it is made with, else by those that its token is registered with. */
function carrier(
  parts: CallParts,
  { madeWith, origin, path }: ClientCall,
): Pick<Destination, 'system' | 'destinations'> {
  const options = madeWith(0);
  const made = options && transportIn(parts, options);
  const { token } = origin;
  const transport = made?.name ? made : token && parts.clients.of(token, path);
  if (!transport) return {};
  const { name, queue } = transport;
  const system = systems[name];
  return {
    ...(system !== undefined && { system }),
    ...(queue !== undefined && name === 'RMQ' && { destinations: [queue] }),
  };
}

/** Of kafkajs: `send({ topic })`. */
export const topicSent: Sending = (parts, { given }) =>
  to(textIn(parts, option(parts, given(0), 'topic')));

/** Of kafkajs: `sendBatch({ topicMessages: [{ topic }] })`. */
export const batchSent: Sending = (parts, { given }) =>
  toAny(textsIn(parts, option(parts, given(0), 'topicMessages'), 'topic'));

/** Of RabbitMQ: an exchange, or where it has no name a queue, and the routing key. */
export const exchangeSent: Sending = (parts, { given }) =>
  exchange(textIn(parts, given(0)), textIn(parts, given(1)));

/** Of AmqpConnection: `request({ exchange, routingKey })`. */
export const requestSent: Sending = (parts, { given }) => {
  const of = (name: string) => textIn(parts, option(parts, given(0), name));
  return exchange(of('exchange'), of('routingKey'));
};

const exchange = (name: string | undefined, key: string | undefined) =>
  name === undefined ? to(key) : to(name, key);

/** Of a queue of Bull or BullMQ, by the name that it was made or injected with: `add(job, data)`. */
export const jobSent: Sending = (parts, { given, madeWith, called }) => {
  const queue = textIn(parts, madeWith(0)) ?? textIn(parts, option(parts, madeWith(0), 'name'));
  return to(queue, called === 'add' ? textIn(parts, given(0)) : undefined);
};

/** Of BullMQ's FlowProducer: `add({ queueName, name })`. */
export const flowSent: Sending = (parts, { given, called }) => {
  if (called !== 'add') return toAny(textsIn(parts, given(0), 'queueName'));
  const of = (name: string) => textIn(parts, option(parts, given(0), name));
  return to(of('queueName'), of('name'));
};

/** The first of several stands for all. */
const toAny = (targets: readonly string[]): Destination =>
  targets.length > 1 ? { target: targets[0], destinations: targets } : to(targets[0]);

function textsIn(parts: CallParts, list: Argument, name: string): readonly string[] {
  const items = list ? parts.constants.items(list) : [];
  return [...new Set(items.flatMap((item) => textIn(parts, option(parts, item, name)) ?? []))];
}
