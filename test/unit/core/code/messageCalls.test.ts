import assert from 'node:assert/strict';
import { callTitle } from '../../../../src/core/code/calls/callTitle.ts';
import { indexReport } from '../../../../src/core/code/indexReport.ts';
import { indexFiles } from '../../../support/memoryWorkspace.ts';

/** `Kafka send orders 3`: what is sent where and the line, in a file of `@Injectable()` code. */
function sentIn(code: string, others: Readonly<Record<string, string>> = {}): string[] {
  const text = `import { Injectable, Inject } from '@nestjs/common';\n${code}`;
  const { calls } = indexReport(indexFiles({ 'a.ts': text, ...others }), '/ws');
  return calls
    .filter(({ library }) => library === 'messages')
    .map((call) => {
      const { operation, target, line } = call;
      const title = callTitle({
        ...call,
        operation: operation ?? undefined,
        target: target ?? undefined,
      });
      return `${title} ${line}`;
    });
}

const inService = (body: string, constructor = '') => `@Injectable() export class Orders {
  constructor(${constructor}) {}
  ${body}
}`;

describe('messages that the code sends', () => {
  const cases: Readonly<Record<string, readonly [code: string, ...sent: string[]]>> = {
    'by ClientProxy, with patterns that are texts, objects, constants or enums': [
      `import { ClientProxy } from '@nestjs/microservices';
const PATTERN = 'orders.created'; enum Topics { Paid = 'orders.paid' }
${inService(
  `a() { return this.client.send({ cmd: 'sum', area: 'math' }, [1]); }
  b() { this.client.emit(PATTERN, {}); }
  c() { this.client.emit(Topics.Paid, {}); }
  d(id: string) { this.client.emit(\`orders.\${id}.done\`, {}); }`,
  "@Inject('ORDERS') private readonly client: ClientProxy",
)}`,
      'send {"area":"math","cmd":"sum"} 6',
      'emit orders.created 7',
      'emit orders.paid 8',
      'emit orders.*.done 9',
    ],
    'by the clients of one transport, and by what makes one': [
      `import { ClientKafka, ClientRMQ, ClientProxyFactory } from '@nestjs/microservices';
const made = ClientProxyFactory.create({});
export const run = () => made.send('ping', 1);
${inService(
  "a() { this.kafka.emit('orders', {}); this.rabbit.send('bills', {}); }\n b() { return this.kafka.producer.send({ topic: 'raw', messages: [] }); }",
  'private kafka: ClientKafka, private rabbit: ClientRMQ',
)}`,
      'send ping 4',
      'Kafka emit orders 7',
      'RabbitMQ send bills 7',
      'Kafka send raw 8',
    ],
    'by kafkajs, a batch and a transaction as well': [
      `import { Kafka, Producer } from 'kafkajs';
${inService(
  `private producer: Producer; private kafka = new Kafka({}); private cache: { late?: Producer } = {};
  init() { this.producer = this.kafka.producer(); }
  a() { return this.producer.send({ topic: 'orders', messages: [] }); }
  b() { return this.producer.sendBatch({ topicMessages: [{ topic: 'bills', messages: [] }] }); }
  async c() { const t = await this.producer.transaction(); await t.send({ topic: 'paid', messages: [] }); }
  late() { return this.cache.late!; }
  async d(topic: string) { (await this.late()).send({ topic, messages: [] }); }`,
)}`,
      'Kafka send orders 7',
      'Kafka sendBatch bills 8',
      'Kafka send paid 9',
      'Kafka send 11',
    ],
    'by amqplib and what keeps its connection, with promises and without': [
      `import * as amqp from 'amqplib'; import { connect, ChannelWrapper } from 'amqp-connection-manager';
import * as callbacks from 'amqplib/callback_api';
export async function a() { const c = await amqp.connect('x'); const ch = await c.createChannel();
 ch.publish('events', 'order.created', Buffer.from('')); ch.sendToQueue('bills', Buffer.from(''));
 ch.publish('', 'direct', Buffer.from('')); ch.ack({} as never); }
export const b = (w: ChannelWrapper) => w.sendToQueue('wrapped', {});
export const c = () => connect(['x']).createChannel().publish('made', '', {});
export function d() { callbacks.connect('x', (e, conn) => { conn.createChannel((f, ch) => {
 ch.sendToQueue('late', Buffer.from('')); }); }); }`,
      'RabbitMQ publish events/order.created 5',
      'RabbitMQ sendToQueue bills 5',
      'RabbitMQ publish direct 6',
      'RabbitMQ sendToQueue wrapped 7',
      'RabbitMQ publish made 8',
      'RabbitMQ sendToQueue late 10',
    ],
    'by AmqpConnection of @golevelup/nestjs-rabbitmq': [
      `import { AmqpConnection } from '@golevelup/nestjs-rabbitmq';
${inService(
  "a() { this.amqp.publish('events', 'order.paid', {}); return this.amqp.request({ exchange: 'rpc', routingKey: 'sum', payload: {} }); }\n b() { this.amqp.channel.sendToQueue('q', Buffer.from('')); }",
  'private readonly amqp: AmqpConnection',
)}`,
      'RabbitMQ publish events/order.paid 5',
      'RabbitMQ request rpc/sum 5',
      'RabbitMQ sendToQueue q 6',
    ],
    'by SQS and SNS of both versions of the SDK, other commands not': [
      `import { SQSClient, SendMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { SNS } from '@aws-sdk/client-sns'; import * as AWS from 'aws-sdk'; import { SqsService } from '@ssut/nestjs-sqs';
${inService(
  `private sqs = new SQSClient({}); private old = new AWS.SQS(); private sns = new SNS({});
  a(body: object) { return this.sqs.send(new SendMessageCommand({ QueueUrl: 'https://sqs/1/bills', MessageBody: JSON.stringify(body) })); }
  async b(body: object) { const command = new SendMessageCommand({ QueueUrl: 'https://sqs/1/late', MessageBody: JSON.stringify(body) }); await this.sqs.send(command); }
  c() { return this.sqs.send(new ReceiveMessageCommand({ QueueUrl: 'x' })); }
  d() { return this.old.sendMessage({ QueueUrl: 'https://sqs/1/old', MessageBody: '' }).promise(); }
  e() { this.sns.publish({ TopicArn: 'arn:aws:sns:eu:1:paid' }); return this.queues.send('orders', { id: '1', body: {} }); }`,
  'private readonly queues: SqsService',
)}`,
      'SQS SendMessage bills 7',
      'SQS SendMessage late 8',
      'SQS sendMessage old 10',
      'SNS publish paid 11',
      'SQS send orders 11',
    ],
    'by queues of BullMQ, by the name that they are injected or made with': [
      `import { Queue, FlowProducer } from 'bullmq'; import { InjectQueue, getQueueToken } from '@nestjs/bullmq';
const BILLS = 'bills'; const made = new Queue('made', {}); const flow = new FlowProducer();
export const run = (name: string) => { made.add(name, {}); flow.add({ name: 'pack', queueName: 'parcels' }); };
const InjectPaid = () => InjectQueue('paid');
${inService(
  `private kept: Queue; private all: Map<string, Queue>;
  a() { return this.mail.add('email', {}); }
  b() { return this.bills.addBulk([{ name: 'x', data: {} }]); }
  c() { return this.paid.add('late', {}); }
  d() { return this.token.add('t', {}); }
  e() { return this.kept.add('k', {}); }
  f(name: string) { return this.all.get(name)!.add('g', {}); }
  g() { new Set([1]).add(2); const seen = new Set<string>(); seen.add('x'); }`,
  `@InjectQueue('mail') private mail: Queue, @InjectQueue(BILLS) private bills: Queue, @InjectPaid() private paid: Queue,
 @Inject(getQueueToken('token')) private token: Queue, @InjectQueue('handed') handed: Queue`,
)
  .replace('constructor(', 'constructor(')
  .replace(') {}', ') { this.kept = handed; }')}`,
      'BullMQ add made 4',
      'BullMQ add parcels/pack 4',
      'BullMQ add mail/email 10',
      'BullMQ addBulk bills 11',
      'BullMQ add paid/late 12',
      'BullMQ add token/t 13',
      'BullMQ add handed/k 14',
      'BullMQ add g 15',
    ],
    'by queues of Bull, with a job or without': [
      `import Bull, { Queue } from 'bull'; import { InjectQueue } from '@nestjs/bull';
const made = new Bull('made'); export const run = () => made.add({ id: 1 });
${inService("a() { return this.mail.add('email', {}); }", "@InjectQueue({ name: 'mail' }) private mail: Queue")}`,
      'Bull add made 3',
      'Bull add mail/email 6',
    ],
    'by NATS and MQTT': [
      `import { connect, NatsConnection, StringCodec } from 'nats'; import * as mqtt from 'mqtt';
export async function a(nc: NatsConnection) { nc.publish('orders.created'); await nc.request('sum', new Uint8Array());
 const other = await connect({}); other.jetstream().publish('stream.x'); }
const client = mqtt.connect('x'); export const b = (id: string) => client.publish(\`devices/\${id}/set\`, '');`,
      'NATS publish orders.created 3',
      'NATS request sum 3',
      'NATS publish stream.x 4',
      'MQTT publish devices/*/set 5',
    ],
    'by clients whose transport their registration, their options or their decorator tells': [
      `import { Client, ClientProxy, ClientProxyFactory, ClientsModule, Transport } from '@nestjs/microservices';
import { Module } from '@nestjs/common'; const EVENTS = Symbol('EVENTS');
@Module({ imports: [ClientsModule.register([{ name: 'BILLS', transport: Transport.RMQ, options: { queue: 'bills' } }]),
 ClientsModule.registerAsync([{ name: EVENTS, useFactory: () => ({ transport: Transport.REDIS }) }])],
 providers: [{ provide: 'MADE', useFactory: () => ClientProxyFactory.create({ transport: Transport.NATS }) }] }) export class AppModule {}
${inService(
  `@Client({ transport: Transport.MQTT }) things: ClientProxy;
  a() { this.bills.emit('paid', {}); this.events.emit('x', {}); }
  b() { this.made.send('sum', 1); this.things.emit('t', {}); }`,
  "@Inject('BILLS') private bills: ClientProxy, @Inject(EVENTS) private events: ClientProxy, @Inject('MADE') private made: ClientProxy",
)}`,
      'RabbitMQ emit paid 10',
      'Redis emit x 10',
      'NATS send sum 11',
      'MQTT emit t 11',
    ],
    'by no event emitter, socket, set or wrapper of the team': [
      `import { EventEmitter2 } from '@nestjs/event-emitter'; import { Server } from 'socket.io';
class Bus { publish(topic: string) { return topic; } }
${inService(
  "a() { this.events.emit('x'); this.server.emit('y'); this.bus.publish('z'); this.client.send('w'); }",
  'private events: EventEmitter2, private server: Server, private bus: Bus, private client: any',
)}`,
    ],
  };
  for (const [name, [code, ...expected]] of Object.entries(cases)) {
    it(name, () => {
      assert.deepEqual(sentIn(code), expected);
    });
  }
});
