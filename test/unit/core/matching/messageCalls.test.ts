import assert from 'node:assert/strict';
import type { CodeIndex } from '../../../../src/core/code/model.ts';
import type { AttributeValue, RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { mapped } from '../../../support/handMadeShop.ts';
import { noSourceMaps } from '../../../support/mapTrace.ts';
import { indexFiles } from '../../../support/memoryWorkspace.ts';
import { nestLayers } from '../../../support/prismaSpans.ts';
import { makeSpan } from '../../../support/span.ts';

/** A service whose `OrdersController.run` does what `body` says, with a client of every kind. */
const serviceOf = (body: string, more = ''): CodeIndex =>
  indexFiles({
    'shop/package.json': '{ "name": "shop-api" }',
    'shop/src/orders.controller.ts': `import { Controller, Get, Inject, Module } from '@nestjs/common';
import { ClientProxy, ClientGrpc, ClientsModule, Transport } from '@nestjs/microservices'; import { Producer } from 'kafkajs'; import { Channel } from 'amqplib';
import { Queue } from 'bullmq'; import { InjectQueue } from '@nestjs/bullmq'; import { SQSClient, SendMessageCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
@Module({ imports: [ClientsModule.register([{ name: 'BILLS', transport: Transport.RMQ, options: { queue: 'bills' } }])] }) export class AppModule {}
export interface Stock { find(id: object): unknown; }
@Controller('orders') export class OrdersController {
 private stock: Stock;
 constructor(private kafka: Producer, private channel: Channel, @InjectQueue('mails') private mails: Queue, private sqs: SQSClient,
  @Inject('BILLS') private bills: ClientProxy, private anything: ClientProxy, private grpc: ClientGrpc) {}
 onModuleInit() { this.stock = this.grpc.getService<Stock>('Stock'); }
 send(topic: string) { return this.kafka.send({ topic, messages: [] }); }
 @Get() run(id: string) {
${body}
 }
${more}
}`,
  });
/** Of the body's first line. */
const first = 13;

type Attributes = Readonly<Record<string, AttributeValue>>;

const sending = (name: string, attributes: Attributes, kind: RawSpan['kind'] = 'producer') =>
  makeSpan({ id: 'out', parent: 'handler', start: 10, duration: 5, kind, name, attributes });

const kafka = (topic: string, key = 'messaging.destination.name') =>
  sending(`send ${topic}`, { 'messaging.system': 'kafka', [key]: topic });

const rabbit = (exchange: string, routingKey: string) =>
  sending(`publish ${exchange || '<default>'}`, {
    'messaging.system': 'rabbitmq',
    'messaging.destination': exchange,
    'messaging.rabbitmq.routing_key': routingKey,
  });

const job = (operation: string, name: string) =>
  sending(`${operation} mails.${name}`, {
    'bullmq.queue.name': 'mails',
    'bullmq.queue.operation': operation,
    ...(operation === 'add' && { 'bullmq.job.name': name }),
  });

/** What a span below the handler leads to; its line is counted from the body's first. */
function placed(code: CodeIndex, span: RawSpan, above = nestLayers('OrdersController', 'run')) {
  const found = mapped([...above, span], noSourceMaps, code).at(-1)!;
  return found.replace(
    /^(\w+) (.*) in OrdersController\.\w+ (\d+)/,
    (_, how: string, what: string, line: string) => `${how} ${what} ${Number(line) - first}`,
  );
}

describe("producers' spans", () => {
  it('are of the only call below their handler that sends to their topic, whatever the age of its name', () => {
    const code = serviceOf(
      "this.kafka.send({ topic: 'orders', messages: [] });\nthis.kafka.send({ topic: 'paid', messages: [] });",
    );
    for (const key of ['messaging.destination.name', 'messaging.destination']) {
      assert.equal(placed(code, kafka('orders', key)), 'strong Kafka send orders 0');
      assert.equal(placed(code, kafka('paid', key)), 'strong Kafka send paid 1');
    }
  });

  it('are likely of one of several calls, and of one whose topic is set at run time', () => {
    const twice = serviceOf(
      "this.kafka.send({ topic: 'a', messages: [] });\nthis.kafka.send({ topic: 'a', messages: [] });",
    );
    assert.equal(placed(twice, kafka('a')), 'likely Kafka send a 0 +1');
    const wrapped = serviceOf('this.send(id);');
    assert.equal(placed(wrapped, kafka('a')), 'likely Kafka send -2');
    const written = serviceOf("this.send(id);\nthis.kafka.send({ topic: 'a', messages: [] });");
    assert.equal(placed(written, kafka('a')), 'strong Kafka send a 1');
  });

  it('are of no call that sends elsewhere, or by another broker', () => {
    const code = serviceOf("this.kafka.send({ topic: 'orders', messages: [] });");
    assert.match(placed(code, kafka('bills')), /^weak OrdersController\.run/);
    assert.match(placed(code, rabbit('orders', 'orders')), /^weak OrdersController\.run/);
  });

  it('are of a batch whichever of its topics they name', () => {
    const code = serviceOf(
      "this.kafka.sendBatch({ topicMessages: [{ topic: 'a', messages: [] }, { topic: 'b', messages: [] }] });",
    );
    for (const topic of ['a', 'b'])
      assert.equal(placed(code, kafka(topic)), 'strong Kafka sendBatch a, b 0');
  });

  it('of RabbitMQ go by exchange and routing key, or by the queue', () => {
    const code = serviceOf(`this.channel.publish('events', \`order.\${id}\`, Buffer.from(''));
this.channel.publish('events', 'bill.paid', Buffer.from(''));
this.channel.sendToQueue('letters', Buffer.from(''));`);
    assert.equal(
      placed(code, rabbit('events', 'order.1')),
      'strong RabbitMQ publish events/order.* 0',
    );
    assert.equal(
      placed(code, rabbit('events', 'bill.paid')),
      'strong RabbitMQ publish events/bill.paid 1',
    );
    assert.equal(placed(code, rabbit('', 'letters')), 'strong RabbitMQ sendToQueue letters 2');
    assert.match(placed(code, rabbit('other', 'bill.paid')), /^weak OrdersController/);
    assert.match(placed(code, rabbit('events', 'letters')), /^weak OrdersController/);
  });

  it('of a ClientProxy of RabbitMQ go by the queue that it is registered with, for their pattern is within', () => {
    const code = serviceOf(
      "this.bills.emit('paid', {});\nthis.channel.sendToQueue('other', Buffer.from(''));",
    );
    assert.equal(placed(code, rabbit('', 'bills')), 'strong RabbitMQ emit paid 0');
    assert.equal(placed(code, rabbit('', 'other')), 'strong RabbitMQ sendToQueue other 1');
    const two = serviceOf("this.bills.emit('paid', {});\nthis.bills.emit('sent', {});");
    assert.equal(placed(two, rabbit('', 'bills')), 'likely RabbitMQ emit paid 0 +1');
    const unregistered = serviceOf("this.anything.emit('paid', {});");
    assert.equal(placed(unregistered, rabbit('', 'bills')), 'likely emit paid 0');
    const several = serviceOf("this.anything.emit('paid', {});\nthis.anything.emit('sent', {});");
    assert.match(placed(several, rabbit('', 'bills')), /^weak OrdersController/);
  });

  it('of what answers a request are of no call', () => {
    const code = serviceOf('this.anything.emit(id, {});\nthis.send(id);');
    assert.match(placed(code, rabbit('', 'amq.rabbitmq.reply-to.g1h')), /^weak OrdersController/);
    assert.match(placed(code, kafka('orders.reply')), /^weak OrdersController/);
  });

  it('of BullMQ go by queue and job, a bulk by its queue', () => {
    const code = serviceOf(
      "this.mails.add('welcome', {});\nthis.mails.add(id, {});\nthis.mails.addBulk([]);",
    );
    assert.equal(placed(code, job('add', 'welcome')), 'strong BullMQ add mails/welcome 0');
    assert.equal(placed(code, job('add', 'late')), 'strong BullMQ add mails 1');
    assert.equal(placed(code, job('addBulk', '')), 'strong BullMQ addBulk mails 2');
    const open = serviceOf('this.mails.add(id, {});');
    assert.equal(placed(open, job('add', 'late')), 'strong BullMQ add mails 0');
  });

  it('of SQS go by the queue in its URL, and by the command', () => {
    const code =
      serviceOf(`this.sqs.send(new SendMessageCommand({ QueueUrl: 'https://sqs/1/bills', MessageBody: id }));
this.sqs.send(new SendMessageBatchCommand({ QueueUrl: 'https://sqs/1/bills', Entries: [] }));`);
    const sqs = (command: string) =>
      sending('bills send', {
        'messaging.system': 'aws_sqs',
        'messaging.destination.name': 'bills',
        'rpc.method': command,
      });
    assert.equal(placed(code, sqs('SendMessage')), 'strong SQS SendMessage bills 0');
    assert.equal(placed(code, sqs('SendMessageBatch')), 'strong SQS SendMessageBatch bills 1');
  });

  it('have the request of the AWS SDK below them as a part', () => {
    const code = serviceOf(
      `this.sqs.send(new SendMessageCommand({ QueueUrl: 'https://sqs/1/bills', MessageBody: id }));`,
    );
    const send = sending('bills send', {
      'messaging.system': 'aws_sqs',
      'messaging.destination.name': 'bills',
      'rpc.system': 'aws-api',
    });
    const post = makeSpan({
      id: 'post',
      parent: 'out',
      start: 11,
      duration: 3,
      kind: 'client',
      name: 'POST',
      attributes: { 'http.request.method': 'POST', 'url.full': 'https://sqs.example/' },
    });
    const above = [...nestLayers('OrdersController', 'run'), send];
    assert.equal(placed(code, post, above), 'strong SQS SendMessage bills 0');
  });

  it('are likely of the only call of their service where no handler leads to one', () => {
    const code = serviceOf('', " job() { this.kafka.send({ topic: 'nightly', messages: [] }); }");
    const alone = { ...kafka('nightly'), parentSpanId: undefined };
    assert.equal(placed(code, alone, []), 'likely Kafka send nightly 2');
  });
});

describe("gRPC clients' spans", () => {
  const rpc = (attributes: Attributes) => sending('grpc.shop.Stock/Find', attributes, 'client');
  const spellings: readonly Attributes[] = [
    { 'rpc.system': 'grpc', 'rpc.service': 'shop.Stock', 'rpc.method': 'Find' },
    { 'rpc.system.name': 'grpc', 'rpc.method': 'shop.Stock/Find' },
  ];

  it('are of the only call of their service and method, whatever the age of its names', () => {
    const code = serviceOf('this.stock.find({ id });');
    for (const attributes of spellings)
      assert.equal(placed(code, rpc(attributes)), 'strong gRPC Stock/Find 0');
  });

  it('are of no call of another method', () => {
    const code = serviceOf('this.stock.find({ id });');
    const other = { 'rpc.system': 'grpc', 'rpc.service': 'shop.Stock', 'rpc.method': 'Watch' };
    assert.match(placed(code, rpc(other)), /^weak OrdersController/);
  });
});
