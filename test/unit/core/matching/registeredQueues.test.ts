import assert from 'node:assert/strict';
import type { SpanSketch } from '../../../support/span.ts';
import { one } from '../../../support/handMadeShop.ts';
import { noSourceMaps } from '../../../support/mapTrace.ts';
import { indexFiles } from '../../../support/memoryWorkspace.ts';

const main = (
  module = 'AppModule',
  from = './app.module',
) => `import { NestFactory } from '@nestjs/core';
import { ${module} } from '${from}';
async function run() { const app = await NestFactory.create(${module}); await app.listen(1); }
void run();`;

/** A service `mail` of one module, its handlers and whatever else. */
const service = (
  imports: string,
  handlers: string,
  providers: string,
  more: Readonly<Record<string, string>> = {},
) =>
  indexFiles({
    'mail/package.json': '{"name":"mail"}',
    'mail/main.ts': main(),
    'mail/app.module.ts': `import { Module } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { SqsModule } from '@ssut/nestjs-sqs';
import { BullModule } from '@nestjs/bull';
import { BullModule as BullMqModule } from '@nestjs/bullmq';
import { RabbitMQModule } from '@golevelup/nestjs-rabbitmq';
import { ${providers} } from './handlers';
@Module({ imports: [${imports}], providers: [${providers}] })
export class AppModule {}`,
    'mail/handlers.ts': `import { SqsMessageHandler } from '@ssut/nestjs-sqs';
import { Processor as Bull, Process } from '@nestjs/bull';
import { Processor, WorkerHost } from '@nestjs/bullmq';
import { RabbitSubscribe, RabbitRPC } from '@golevelup/nestjs-rabbitmq';
${handlers}`,
    ...more,
  });

type Index = ReturnType<typeof indexFiles>;
const at = (index: Index, span: Omit<SpanSketch, 'id'>) =>
  one({ kind: 'consumer', service: 'mail', ...span }, noSourceMaps, index);

const sqs = (index: Index, queue: string, of = 'mail') =>
  at(index, {
    name: `${queue} process`,
    service: of,
    attributes: {
      'messaging.system': 'aws_sqs',
      'messaging.destination.name': queue,
      'messaging.operation.type': 'process',
    },
  });

const job = (index: Index, queue: string, name = '') =>
  at(index, {
    name: `process ${queue}`,
    attributes: { 'bullmq.queue.name': queue, ...(name !== '' && { 'bullmq.job.name': name }) },
  });

const rabbit = (index: Index, queue: string, exchange: string, key: string) =>
  at(index, {
    name: `${queue} process`,
    attributes: {
      'messaging.system': 'rabbitmq',
      'messaging.destination': exchange,
      'messaging.rabbitmq.routing_key': key,
      'messaging.operation': 'process',
    },
  });

const queueUrl = (name: string) => `https://sqs.eu-west-1.amazonaws.com/123456789012/${name}`;
const twoConsumers = `export class Orders { @SqsMessageHandler('orders') take() {} }
export class Invoices { @SqsMessageHandler('invoices') take() {} }`;

describe('a queue of SQS', () => {
  it('is the one of the URL, not the one of the decorator', () => {
    const index = service(
      `SqsModule.register({ consumers: [
        { name: 'orders', queueUrl: '${queueUrl('shop-orders.fifo')}' },
        { name: 'invoices', queueUrl: '${queueUrl('orders')}' },
      ] })`,
      twoConsumers,
      'Orders, Invoices',
    );
    assert.equal(sqs(index, 'shop-orders.fifo'), 'strong Orders.take 5');
    assert.equal(sqs(index, 'orders'), 'strong Invoices.take 6');
    assert.match(sqs(index, 'invoices'), /^unmapped: No handler/);
    assert.match(sqs(index, 'shop-orders'), /^unmapped: No handler/);
  });

  it('is the right one of two whose names cross', () => {
    const index = service(
      `SqsModule.register({ consumers: [
        { name: 'orders', queueUrl: '${queueUrl('invoices')}' },
        { name: 'invoices', queueUrl: '${queueUrl('orders')}' },
      ] })`,
      twoConsumers,
      'Orders, Invoices',
    );
    assert.equal(sqs(index, 'invoices'), 'strong Orders.take 5');
    assert.equal(sqs(index, 'orders'), 'strong Invoices.take 6');
  });

  it('is known by its end where the start is only known at run time', () => {
    const index = service(
      `SqsModule.registerAsync({
        useFactory: (config: ConfigService) => ({ consumers: [
          { name: 'orders', queueUrl: \`\${config.get('SQS_BASE')}/orders.fifo\` },
          { name: 'invoices', queueUrl: \`\${config.get('SQS_BASE')}/\${process.env.STAGE}-invoices\` },
        ] }),
        inject: [ConfigService],
      })`,
      twoConsumers,
      'Orders, Invoices',
    );
    assert.equal(sqs(index, 'orders.fifo'), 'strong Orders.take 5');
    assert.equal(sqs(index, 'prod-invoices'), 'likely Invoices.take 6');
    assert.match(sqs(index, 'prod-bills'), /^unmapped: No handler/);
  });

  it('is what an environment file or a default of the configuration says', () => {
    const index = service(
      `SqsModule.registerAsync({ useFactory: (config: ConfigService) => ({ consumers: [
        { name: 'orders', queueUrl: config.getOrThrow('ORDERS_URL') },
        { name: 'invoices', queueUrl: process.env.INVOICES_URL ?? '${queueUrl('bills')}' },
      ] }) })`,
      twoConsumers,
      'Orders, Invoices',
      { 'mail/.env': `ORDERS_URL=${queueUrl('local-orders')}` },
    );
    assert.equal(sqs(index, 'local-orders'), 'strong Orders.take 5');
    assert.equal(sqs(index, 'bills'), 'strong Invoices.take 6');
    assert.equal(sqs(index, 'invoices'), 'likely Invoices.take 6');
  });

  it('is only likely, and said to be, where the URL is known at run time alone', () => {
    const index = service(
      `SqsModule.registerAsync({ useFactory: (config: ConfigService) => ({ consumers: [
        { name: 'orders', queueUrl: config.get('ORDERS_URL') },
      ] }) })`,
      `export class Orders { @SqsMessageHandler('orders') take() {} }`,
      'Orders',
    );
    assert.equal(sqs(index, 'orders'), 'likely Orders.take 5');
    assert.equal(sqs(index, 'prod-q-17'), 'likely Orders.take 5');
    const two = service(
      `SqsModule.registerAsync({ useFactory: (config: ConfigService) => ({ consumers: [
        { name: 'orders', queueUrl: config.get('ORDERS_URL') },
        { name: 'invoices', queueUrl: config.get('INVOICES_URL') },
      ] }) })`,
      twoConsumers,
      'Orders, Invoices',
    );
    assert.equal(sqs(two, 'invoices'), 'likely Invoices.take 6');
    assert.equal(sqs(two, 'prod-q-17'), 'weak Orders.take 5 +1');
  });

  it("isn't strong where no module registers the consumer", () => {
    const index = service(
      `SqsModule.register({ consumers: [{ name: 'bills', queueUrl: '${queueUrl('bills')}' }] })`,
      twoConsumers,
      'Orders, Invoices',
    );
    assert.equal(sqs(index, 'orders'), 'likely Orders.take 5');
    assert.match(sqs(index, 'bills'), /^unmapped: No handler/);
  });

  it('is found through lists that are made, functions, classes and constants', () => {
    const made = service(
      `SqsModule.register({ consumers: ['orders', 'invoices'].map((name) => ({ name, queueUrl: urlOf(name) })) })`,
      twoConsumers,
      'Orders, Invoices',
    );
    assert.equal(sqs(made, 'orders'), 'likely Orders.take 5');
    const byClass = service(
      `SqsModule.registerAsync({ useClass: SqsOptions })`,
      twoConsumers,
      'Orders, Invoices',
      {
        'mail/app.module.ts': `import { Module, Injectable } from '@nestjs/common';
import { SqsModule } from '@ssut/nestjs-sqs';
import { Orders, Invoices } from './handlers';
const QUEUES = { orders: 'shop-orders', invoices: 'shop-invoices' } as const;
const base = process.env.SQS ?? 'http://localhost:4566';
const urlOf = (queue: string) => \`\${base}/000000000000/\${queue}\`;
@Injectable() class SqsOptions {
  createOptions() { return { consumers: [
    { name: 'orders', queueUrl: urlOf(QUEUES.orders) },
    { name: 'invoices', queueUrl: urlOf(QUEUES.invoices) },
  ] }; }
}
@Module({ imports: [SqsModule.registerAsync({ useClass: SqsOptions })], providers: [Orders, Invoices] })
export class AppModule {}`,
      },
    );
    assert.equal(sqs(byClass, 'shop-orders'), 'strong Orders.take 5');
    assert.equal(sqs(byClass, 'shop-invoices'), 'strong Invoices.take 6');
  });

  it('may be any where neither the decorator nor the registration has a known name', () => {
    const index = service(
      `SqsModule.register({ consumers: [
        { name: process.env.ORDERS, queueUrl: '${queueUrl('shop-orders')}' },
        { name: 'invoices', queueUrl: '${queueUrl('bills')}' },
      ] })`,
      `export class Orders { @SqsMessageHandler(process.env.ORDERS) take() {} }
export class Invoices { @SqsMessageHandler('invoices') take() {} }`,
      'Orders, Invoices',
    );
    assert.equal(sqs(index, 'shop-orders'), 'likely Orders.take 5');
    assert.equal(sqs(index, 'bills'), 'strong Invoices.take 6');
  });

  it('of a system that is not named is no reason for a handler of which nothing is known', () => {
    const index = service(
      `SqsModule.register({ consumers: [{ name: 'orders', queueUrl: process.env.ORDERS_URL }] })`,
      `export class Orders { @SqsMessageHandler('orders') take() {} }`,
      'Orders',
    );
    const attributes = { 'messaging.system': 'gcp_pubsub', 'messaging.destination.name': 'x' };
    assert.match(at(index, { name: 'process x', attributes }), /^unmapped: No handler/);
    assert.match(at(index, { name: 'process x', attributes: {} }), /^unmapped/);
  });

  it('that code asks itself is a call like others', () => {
    const index = service('', `export class Orders {}`, 'Orders');
    const attributes = {
      'messaging.system': 'aws_sqs',
      'messaging.destination.name': 'orders',
      'messaging.operation.type': 'receive',
    };
    const asked = at(index, { kind: 'client', name: 'SQS.ReceiveMessage', attributes });
    assert.match(asked, /^unmapped: Outgoing call/);
  });

  it('is of the application that the message came to', () => {
    const app = (name: string, queue: string) => ({
      [`${name}/package.json`]: `{"name":"${name}"}`,
      [`${name}/main.ts`]: main(),
      [`${name}/app.module.ts`]: `import { Module } from '@nestjs/common';
import { SqsModule, SqsMessageHandler } from '@ssut/nestjs-sqs';
export class Taker { @SqsMessageHandler('orders') take() {} }
@Module({ imports: [SqsModule.register({ consumers: [{ name: 'orders', queueUrl: '${queueUrl(queue)}' }] })], providers: [Taker] })
export class AppModule {}`,
    });
    const index = indexFiles({ ...app('mail', 'a'), ...app('bill', 'b') });
    const placed = (queue: string, of: string) => sqs(index, queue, of);
    assert.equal(placed('a', 'mail'), 'strong Taker.take 3');
    assert.equal(placed('b', 'bill'), 'strong Taker.take 3');
    assert.match(placed('a', 'bill'), /^likely Taker\.take 3/);
  });
});

describe('a queue of Bull', () => {
  const mails = `@Bull('mails') export class Mails {
  @Process('send') send() {}
  @Process('digest') digest() {}
}`;

  it('is what the factory of its registration calls it', () => {
    const index = service(
      `BullModule.registerQueueAsync({ name: 'mails', useFactory: () => ({ name: 'shop-mails' }) })`,
      mails,
      'Mails',
    );
    assert.equal(job(index, 'shop-mails', 'send'), 'strong Mails.send 6');
    assert.equal(job(index, 'shop-mails', 'digest'), 'strong Mails.digest 7');
    assert.match(job(index, 'mails', 'send'), /^unmapped: No handler/);
  });

  it('is the one of its decorator where the registration says nothing else', () => {
    for (const imports of [
      `BullModule.registerQueue({ name: 'mails', prefix: 'shop' })`,
      `BullModule.registerQueueAsync({ name: 'mails', useFactory: () => ({ limiter: {} }) })`,
      '',
    ]) {
      const index = service(imports, mails, 'Mails');
      assert.equal(job(index, 'mails', 'send'), 'strong Mails.send 6');
    }
  });

  it('gives a job to the handler of its name, else to the one for all others', () => {
    const handlers = (other: string) => `@Bull() export class Mails {
  @Process('send') send() {}
  @Process(${other}) other() {}
}`;
    const all = service('', handlers("'*'"), 'Mails');
    assert.equal(job(all, 'default', 'send'), 'strong Mails.send 6');
    assert.equal(job(all, 'default', 'x'), 'strong Mails.other 7');
    const unnamed = service('', handlers('{ concurrency: 2 }'), 'Mails');
    assert.equal(job(unnamed, 'default', 'send'), 'strong Mails.send 6');
    assert.equal(job(unnamed, 'default', '__default__'), 'strong Mails.other 7');
    assert.equal(job(unnamed, 'default', 'x'), 'likely Mails.other 7');
    assert.equal(job(unnamed, 'default'), 'likely Mails.send 6 +1');
  });

  it('says more than the name of a job', () => {
    const index = service(
      `BullModule.registerQueueAsync({ name: 'a', useFactory: (config) => ({ name: config.get('A') }) })`,
      `@Bull('a') export class A { @Process('x') x() {} }
@Bull('b') export class B { @Process() all() {} }`,
      'A, B',
    );
    assert.equal(job(index, 'b', 'x'), 'likely B.all 6');
    assert.equal(job(index, 'prod-a', 'x'), 'likely A.x 5');
  });

  it('of two processors whose names cross is the right one', () => {
    const index = service(
      `BullModule.registerQueueAsync(
        { name: 'a', useFactory: async () => ({ name: 'b' }) },
        { name: 'b', useFactory: async () => ({ name: 'a' }) })`,
      `@Bull('a') export class A { @Process('x') x() {} }
@Bull('b') export class B { @Process('x') x() {} }`,
      'A, B',
    );
    assert.equal(job(index, 'b', 'x'), 'strong A.x 5');
    assert.equal(job(index, 'a', 'x'), 'strong B.x 6');
  });
});

describe('a queue of BullMQ', () => {
  it('is the one of the decorator, which its worker reads', () => {
    const handler = `@Processor(QUEUE) export class Mails extends WorkerHost { async process() {} }
const QUEUE = 'mails';`;
    for (const imports of [`BullMqModule.registerQueue({ name: 'mails', configKey: 'x' })`, '']) {
      const index = service(imports, handler, 'Mails');
      assert.equal(job(index, 'mails', 'send'), 'strong Mails.process 5');
    }
  });

  it('is only likely where a module calls the queue otherwise', () => {
    const index = service(
      `BullMqModule.registerQueueAsync({ name: 'mails', useFactory: () => ({ name: 'shop-mails' }) })`,
      `@Processor('mails') export class Mails extends WorkerHost { async process() {} }`,
      'Mails',
    );
    assert.equal(job(index, 'mails', 'send'), 'likely Mails.process 5');
    assert.equal(job(index, 'shop-mails', 'send'), 'likely Mails.process 5');
    assert.match(job(index, 'x', 'send'), /^unmapped/);
  });

  it('may come from the environment', () => {
    const index = service(
      `BullMqModule.registerQueue({ name: process.env.MAILS })`,
      `@Processor(process.env.MAILS) export class Mails extends WorkerHost { async process() {} }
@Processor('video') export class Video extends WorkerHost { async process() {} }`,
      'Mails, Video',
    );
    assert.equal(job(index, 'video', 'x'), 'strong Video.process 6');
    assert.equal(job(index, 'prod-mails', 'x'), 'likely Mails.process 5');
  });
});

describe('a queue of RabbitMQ', () => {
  it('leads to its handler whatever the key, and to each of several with doubt', () => {
    const index = service(
      '',
      `export class Audit {
  @RabbitSubscribe({ exchange: 'shop', routingKey: 'order.*', queue: 'orders' }) order() {}
  @RabbitSubscribe({ exchange: 'shop', routingKey: 'a.created', queue: 'audit' }) created() {}
  @RabbitSubscribe({ exchange: 'shop', routingKey: 'a.closed', queue: 'audit' }) closed() {}
}`,
      'Audit',
    );
    assert.equal(rabbit(index, 'orders', 'shop', 'order.paid'), 'strong Audit.order 6');
    assert.equal(rabbit(index, 'orders', 'dead', 'x.y'), 'strong Audit.order 6');
    assert.equal(rabbit(index, 'audit', 'shop', 'a.closed'), 'likely Audit.closed 8 +1');
    assert.match(rabbit(index, 'other', 'shop', 'order.paid'), /^unmapped: No handler/);
  });

  it('without a name is known by exchange and key', () => {
    const index = service(
      '',
      `export class Audit {
  @RabbitSubscribe({ exchange: 'shop', routingKey: '#.paid' }) shop() {}
  @RabbitSubscribe({ exchange: 'bank', routingKey: '#.paid' }) bank() {}
}`,
      'Audit',
    );
    assert.equal(rabbit(index, 'amq.gen-1', 'bank', 'a.paid'), 'likely Audit.bank 7');
    assert.match(rabbit(index, 'amq.gen-1', 'post', 'a.paid'), /^unmapped: No handler/);
  });

  it('is what the module gives the name in the decorator', () => {
    const index = service(
      `RabbitMQModule.forRoot(RabbitMQModule, { uri: '', defaultHandler: 'rest', handlers: {
        orders: { exchange: 'shop', routingKey: 'order.*', queue: 'shop-orders' },
        bills: [{ exchange: 'shop', routingKey: 'bill.a', queue: 'a' }, { exchange: 'shop', routingKey: 'bill.b', queue: 'b' }],
        rest: { queue: 'rest' },
      } })`,
      `export class Takers {
  @RabbitSubscribe({ name: 'orders', queue: 'orders' }) order() {}
  @RabbitSubscribe({ name: 'bills' }) bill() {}
  @RabbitSubscribe({}) rest() {}
}`,
      'Takers',
    );
    assert.equal(rabbit(index, 'shop-orders', 'shop', 'order.paid'), 'strong Takers.order 6');
    assert.match(rabbit(index, 'orders', 'shop', 'order.paid'), /^unmapped: No handler/);
    assert.equal(rabbit(index, 'a', 'shop', 'bill.a'), 'strong Takers.bill 7');
    assert.equal(rabbit(index, 'b', 'shop', 'bill.b'), 'strong Takers.bill 7');
    assert.equal(rabbit(index, 'rest', '', 'rest'), 'strong Takers.rest 8');
  });
});

describe("topics of NestJS's transports", () => {
  const transport = (options: string, handlers: string) =>
    indexFiles({
      'mail/package.json': '{"name":"mail"}',
      'mail/.env': 'TOPIC=env.orders',
      'mail/main.ts': `import { NestFactory } from '@nestjs/core';
import { Transport } from '@nestjs/microservices';
import { AppModule } from './app.module';
async function run() {
  const app = await NestFactory.createMicroservice(AppModule, ${options});
  await app.listen();
}
void run();`,
      'mail/app.module.ts': `import { Module, Controller } from '@nestjs/common';
import { EventPattern, MessagePattern, Transport } from '@nestjs/microservices';
@Controller() export class Topics {
${handlers}
}
@Module({ controllers: [Topics] })
export class AppModule {}`,
    });
  const message = (index: Index, system: string, destination: string) =>
    at(index, {
      name: `process ${destination}`,
      attributes: { 'messaging.system': system, 'messaging.destination.name': destination },
    });

  it('are lists, configuration and simple expressions', () => {
    const index = transport(
      '{ transport: Transport.KAFKA, options: {} }',
      `@EventPattern(['a', 'b']) list() {}
  @EventPattern(process.env.TOPIC) environment() {}
  @EventPattern(\`\${process.env.STAGE}.bills\`) stage() {}
  @EventPattern(/^audit\\..+$/) audit() {}
  @MessagePattern('c', Transport.RMQ) other() {}`,
    );
    assert.equal(message(index, 'kafka', 'b'), 'strong Topics.list 4');
    assert.equal(message(index, 'kafka', 'env.orders'), 'strong Topics.environment 5');
    assert.equal(message(index, 'kafka', 'prod.bills'), 'likely Topics.stage 6');
    assert.equal(message(index, 'kafka', 'audit.log'), 'likely Topics.audit 7');
    assert.match(message(index, 'kafka', 'c'), /^unmapped: No handler/);
    assert.match(message(index, 'kafka', 'audit'), /^unmapped: No handler/);
  });

  it('of NATS and MQTT have their own wildcards', () => {
    const nats = transport(
      '{ transport: Transport.NATS }',
      `@EventPattern('a.*.c') one() {}
  @EventPattern('b.>') rest() {}`,
    );
    assert.equal(message(nats, 'nats', 'a.x.c'), 'strong Topics.one 4');
    assert.equal(message(nats, 'nats', 'b.x.y'), 'strong Topics.rest 5');
    assert.match(message(nats, 'nats', 'a.x.y.c'), /^unmapped: No handler/);
    const mqtt = transport(
      '{ transport: Transport.MQTT }',
      `@EventPattern('a/+/c') one() {}
  @EventPattern('b/#') rest() {}`,
    );
    assert.equal(message(mqtt, 'mqtt', 'a/x/c'), 'strong Topics.one 4');
    assert.equal(message(mqtt, 'mqtt', 'b/x/y'), 'strong Topics.rest 5');
  });

  it('of Redis have theirs where they are turned on, which the handler does not say', () => {
    const redis = transport(
      '{ transport: Transport.REDIS, options: { wildcards: true } }',
      `@EventPattern('order.*') order() {}
  @EventPattern('order.paid') paid() {}`,
    );
    assert.equal(message(redis, 'redis', 'order.paid'), 'strong Topics.paid 5');
    assert.equal(message(redis, 'redis', 'order.eu.sent'), 'likely Topics.order 4');
    assert.equal(message(redis, 'redis', 'order.*'), 'strong Topics.order 4');
    assert.match(message(redis, 'redis', 'orders'), /^unmapped: No handler/);
  });

  it('of RabbitMQ come by the queue of the options, also of a factory', () => {
    const handlers = "@EventPattern('paid') paid() {}";
    for (const options of [
      "{ transport: Transport.RMQ, options: { queue: 'billing' } }",
      "{ useFactory: () => ({ transport: Transport.RMQ, options: { queue: 'billing' } }) }",
    ]) {
      const index = transport(options, handlers);
      assert.equal(rabbit(index, 'billing', '', 'billing'), 'strong Topics.paid 4');
      assert.match(rabbit(index, 'other', '', 'other'), /^unmapped: No handler/);
    }
    const open = transport(
      '{ transport: Transport.RMQ, options: { queue: process.env.Q } }',
      handlers,
    );
    assert.equal(rabbit(open, 'prod-billing', '', 'prod-billing'), 'likely Topics.paid 4');
  });
});
