import type { CallParts } from '../callLibrary.ts';
import type { ClientCall } from '../clientCall.ts';
import { commandSent, inputSent } from './awsSends.ts';
import {
  batchSent,
  exchangeSent,
  flowSent,
  jobSent,
  patternSent,
  requestSent,
  textSent,
  topicSent,
  type Destination,
  type Sending,
} from './destinations.ts';

interface MessageClient {
  /** As its users call it. */
  readonly system?: string;
  readonly modules: RegExp;
  /** What may be called on, by its way from the package; empty: what the package itself makes. */
  readonly receivers: RegExp;
  /** By the called name. */
  readonly sends: Readonly<Record<string, Sending>>;
}

const microservices = /^@nestjs\/microservices$/;
const nestClient = (system: string | undefined, receivers: RegExp): MessageClient => ({
  ...(system !== undefined && { system }),
  modules: microservices,
  receivers,
  sends: { send: patternSent, emit: patternSent },
});

const kafkaSends = { send: topicSent, sendBatch: batchSent };
const rabbitSends = { publish: exchangeSent, sendToQueue: textSent };
const queueSends = { add: jobSent, addBulk: jobSent };
const awsSends = { send: commandSent, sendMessage: inputSent, sendMessageBatch: inputSent };

const clients: readonly MessageClient[] = [
  nestClient(undefined, /^Client(?:Proxy|TCP)$|^ClientProxyFactory\.create\(\)$/),
  nestClient('Kafka', /^ClientKafka(?:Proxy)?$/),
  nestClient('RabbitMQ', /^ClientRMQ$/),
  nestClient('Redis', /^ClientRedis$/),
  nestClient('NATS', /^ClientNats$/),
  nestClient('MQTT', /^ClientMqtt$/),
  {
    system: 'Kafka',
    modules: /^(?:kafkajs|@confluentinc\/kafka-javascript|@nestjs\/microservices(?:\/.*)?)$/,
    receivers: /(?:^|\.)(?:Producer|Transaction|producer|producer\(\)|transaction\(\))$/,
    sends: kafkaSends,
  },
  {
    system: 'RabbitMQ',
    modules: /^(?:amqplib(?:\/.*)?|amqp-connection-manager)$/,
    receivers:
      /(?:^|\.)(?:(?:Confirm)?Channel|ChannelWrapper|addSetup\(#0\)|create(?:Confirm)?Channel\((?:#1)?\))$/,
    sends: rabbitSends,
  },
  {
    system: 'RabbitMQ',
    modules: /^@golevelup\/nestjs-rabbitmq$/,
    receivers: /^AmqpConnection(?:\.(?:managedC|c)hannel)?$/,
    sends: { ...rabbitSends, request: requestSent },
  },
  {
    system: 'SQS',
    modules: /^(?:aws-sdk|aws-sdk\/clients\/sqs|@aws-sdk\/client-sqs)$/,
    receivers: /^(?:|SQS|SQSClient)$/,
    sends: awsSends,
  },
  {
    system: 'SNS',
    modules: /^(?:aws-sdk|aws-sdk\/clients\/sns|@aws-sdk\/client-sns)$/,
    receivers: /^(?:|SNS|SNSClient)$/,
    sends: { send: commandSent, publish: inputSent },
  },
  {
    system: 'SQS',
    modules: /^@ssut\/nestjs-sqs$/,
    receivers: /^SqsService$/,
    sends: { send: textSent },
  },
  {
    system: 'BullMQ',
    modules: /^(?:bullmq|@taskforcesh\/bullmq-pro|@nestjs\/bullmq)$/,
    receivers: /^(?:Queue|QueuePro|(?:InjectQueue|getQueueToken)\(\))$/,
    sends: queueSends,
  },
  {
    system: 'BullMQ',
    modules: /^(?:bullmq|@taskforcesh\/bullmq-pro|@nestjs\/bullmq)$/,
    receivers: /^(?:FlowProducer|FlowProducerPro|(?:InjectFlowProducer|getFlowProducerToken)\(\))$/,
    sends: { add: flowSent, addBulk: flowSent },
  },
  {
    system: 'Bull',
    modules: /^(?:bull|@nestjs\/bull)$/,
    receivers: /^(?:|Queue|(?:Job\.)?queue|(?:InjectQueue|getQueueToken)\(\))$/,
    sends: queueSends,
  },
  {
    system: 'NATS',
    modules: /^(?:nats|@nats-io\/[\w-]+)$/,
    receivers: /(?:^|\.)(?:NatsConnection|JetStreamClient|connect\(\)|jetstream\(\))$/,
    sends: { publish: textSent, request: textSent, requestMany: textSent },
  },
  {
    system: 'MQTT',
    modules: /^(?:mqtt|async-mqtt)$/,
    receivers: /(?:^|\.)(?:(?:Async)?MqttClient|AsyncClient|connect(?:Async)?\(\))$/,
    sends: { publish: textSent, publishAsync: textSent },
  },
];

/** What a client's call sends; undefined: it is no client's, or sends nothing. */
export function sentBy(parts: CallParts, call: ClientCall): Destination | undefined {
  for (const { modules, receivers, sends, system } of clients) {
    if (!modules.test(call.origin.module) || !receivers.test(call.receiver)) continue;
    const sent = sends[call.called]?.(parts, call);
    if (sent) return { ...(system !== undefined && { system }), ...sent };
  }
  return undefined;
}
