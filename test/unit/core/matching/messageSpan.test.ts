import assert from 'node:assert/strict';
import { mapped, one } from '../../../support/handMadeShop.ts';
import { noSourceMaps } from '../../../support/mapTrace.ts';
import { indexFiles } from '../../../support/memoryWorkspace.ts';
import { makeSpan } from '../../../support/span.ts';

const imports = `import { Controller, Injectable, Module } from '@nestjs/common';
import { EventPattern, MessagePattern } from '@nestjs/microservices';
import { RabbitSubscribe } from '@golevelup/nestjs-rabbitmq';
import { SqsMessageHandler, SqsModule } from '@ssut/nestjs-sqs';
import { Processor } from '@nestjs/bullmq';
import { Processor as Bull, Process } from '@nestjs/bull';
import { PrismaClient } from '@prisma/client';
`;
const index = indexFiles({
  'mail/package.json': '{"name":"mail"}',
  'other/package.json': '{"name":"other"}',
  'schema.prisma': 'model Order { id Int }',
  'mail/app.ts': `${imports}const prisma = new PrismaClient();
@Controller() export class Topics {
  @EventPattern('order.created') created() { return prisma.order.findMany(); }
  @EventPattern('twice') first() {}
  @MessagePattern('twice') second() {}
}
@Injectable() export class Queues {
  @RabbitSubscribe({ exchange: 'shop', routingKey: 'order.*', queue: 'orders' }) order() {}
  @RabbitSubscribe({ exchange: 'shop', routingKey: '#.paid' }) paid() {}
  @SqsMessageHandler('invoices') invoice() {}
}
@Processor('video') export class Video { async process() {} }
@Bull('mail') export class Mail {
  @Process('send') send() {}
  @Process('digest') digest() {}
}
@Module({ imports: [SqsModule.register({ consumers: [{ name: 'invoices', queueUrl: 'http://x/1/shop-bills' }] })] })
export class AppModule {}`,
});

const consumer = (name: string, attributes: Readonly<Record<string, string>>, service = 'mail') =>
  one({ kind: 'consumer', name, service, attributes }, noSourceMaps, index);

describe('spans of consumers', () => {
  it('of Kafka have the handler of their topic', () => {
    const kafka = { 'messaging.system': 'kafka', 'messaging.destination.name': 'order.created' };
    assert.equal(consumer('process order.created', kafka), 'strong Topics.created 10');
    assert.equal(consumer('poll order.created', kafka), 'likely Topics.created 10');
    assert.equal(consumer('process order.created', kafka, 'other'), 'likely Topics.created 10');
  });

  it('are likely where two handlers listen', () => {
    const kafka = { 'messaging.system': 'kafka', 'messaging.destination.name': 'twice' };
    assert.equal(consumer('process twice', kafka), 'likely Topics.first 11 +1');
  });

  it('of RabbitMQ have the handler of their queue, else of their routing key', () => {
    const rabbit = (key: string) => ({
      'messaging.system': 'rabbitmq',
      'messaging.destination': 'shop',
      'messaging.rabbitmq.routing_key': key,
    });
    assert.equal(consumer('orders process', rabbit('order.created')), 'strong Queues.order 15');
    assert.equal(consumer('amq.gen-1 process', rabbit('a.b.paid')), 'likely Queues.paid 16');
    assert.match(consumer('amq.gen-1 process', rabbit('order.created')), /^unmapped: No handler/);
    assert.equal(consumer('orders process', rabbit('a.b')), 'strong Queues.order 15');
  });

  it('of older instrumentations are named like their topic', () => {
    const kafka = { 'messaging.system': 'kafka', 'messaging.destination': 'order.created' };
    const handled = { ...kafka, 'messaging.operation': 'process' };
    assert.equal(consumer('order.created', handled), 'strong Topics.created 10');
  });

  it('of SQS are likely where they only fetch', () => {
    const sqs = { 'messaging.system': 'aws_sqs', 'messaging.destination.name': 'shop-bills' };
    assert.equal(consumer('shop-bills process', sqs), 'strong Queues.invoice 17');
    assert.equal(consumer('shop-bills receive', sqs), 'likely Queues.invoice 17');
  });

  it('of BullMQ have the processor of their queue, or of their job', () => {
    const job = (queue: string, name: string) => ({
      'bullmq.queue.name': queue,
      'bullmq.job.name': name,
    });
    assert.equal(consumer('process video', job('video', 'cut')), 'strong Video.process 19');
    assert.equal(consumer('process mail', job('mail', 'digest')), 'strong Mail.digest 22');
    assert.match(consumer('process mail', job('mail', 'gone')), /^unmapped: No handler/);
  });

  it('tell what the queries below them are called by', () => {
    const kafka = { 'messaging.system': 'kafka', 'messaging.destination.name': 'order.created' };
    const rows = mapped(
      [
        makeSpan({
          id: 'a',
          kind: 'consumer',
          name: 'process order.created',
          service: 'mail',
          duration: 50,
          attributes: kafka,
        }),
        makeSpan({
          id: 'b',
          parent: 'a',
          start: 1,
          name: 'prisma:client:operation',
          service: 'mail',
          attributes: { model: 'Order', method: 'findMany', name: 'Order.findMany' },
        }),
      ],
      noSourceMaps,
      index,
    );
    assert.match(rows[1] ?? '', /^strong order\.findMany in Topics\.created 10$/i);
  });

  it('say so where nothing listens, or nothing is named', () => {
    assert.equal(
      consumer('process x', { 'messaging.system': 'kafka' }),
      'unmapped: No handler found for x.',
    );
    assert.equal(
      consumer('work', { 'messaging.system': 'kafka' }),
      'unmapped: The span has no topic or queue name.',
    );
    assert.equal(consumer('work', {}), 'unmapped: The span has no topic or queue name.');
  });
});
