import type { CallLibrary } from '../callLibrary.ts';
import { clientCall } from '../clientCall.ts';
import { placeOf } from '../recordedCall.ts';
import { sentBy } from './messageClients.ts';

/** Called names of all clients, with how many of their arguments say what is sent where. */
const calledNames: ReadonlyMap<string, number> = new Map([
  ['send', 1],
  ['emit', 1],
  ['sendBatch', 1],
  ['publish', 2],
  ['publishAsync', 1],
  ['request', 2],
  ['requestMany', 1],
  ['sendToQueue', 1],
  ['sendMessage', 1],
  ['sendMessageBatch', 1],
  ['add', 1],
  ['addBulk', 1],
]);

const clientText =
  /['"](?:kafkajs|@confluentinc\/kafka-javascript|amqplib|amqp-connection-manager|bull|bullmq|@taskforcesh\/bullmq-pro|nats|@nats-io\/[\w-]+|mqtt|async-mqtt|aws-sdk|@aws-sdk\/client-s[qn]s)(?:\/[^'"]*)?['"]/;

/** What is sent through brokers and queues: NestJS's ClientProxy, Kafka, RabbitMQ, SQS, BullMQ, NATS, MQTT. */
export const messagesLibrary: CallLibrary = {
  mentions: (text) => clientText.test(text),
  members: calledNames,
  link: (parts, call) => {
    const { name } = call.fact;
    if (!calledNames.has(name)) return undefined;
    const of = clientCall(parts, call);
    const sent = of && sentBy(parts, of);
    return sent && { ...placeOf(parts, call), library: 'messages', operation: name, ...sent };
  },
};
