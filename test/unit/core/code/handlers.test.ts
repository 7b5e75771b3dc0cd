import assert from 'node:assert/strict';
import { indexText } from '../../../../src/cli/indexListing.ts';
import { indexReport } from '../../../../src/core/code/indexReport.ts';
import { handlerTitle } from '../../../../src/core/code/nest/handlerTitle.ts';
import { indexFiles, triggersOf } from '../../../support/memoryWorkspace.ts';

/**
 * Expects the handlers that marks under the code name: each `^ query orders` stands under the name of its
 * method. Several handlers of one method have a mark each.
 */
function expectHandlers(marked: string, others: Readonly<Record<string, string>> = {}): void {
  const expected: string[] = [];
  const code: string[] = [];
  for (const line of marked.split('\n')) {
    const mark = /^(\s*)\^+ (.+)$/.exec(line);
    if (mark) expected.push(`${mark[2]} ${code.length}:${(mark[1] ?? '').length + 1}`);
    else code.push(line);
  }
  const index = indexFiles({ 'app.ts': code.join('\n'), ...others });
  const found = index.handlers.map(
    (handler) => `${handlerTitle(handler)} ${handler.location.line}:${handler.location.column}`,
  );
  assert.deepEqual(found.sort(), expected.sort());
}

const graphql = `import { Resolver, Query, Mutation, Subscription, ResolveField, ResolveReference, ObjectType, Args } from '@nestjs/graphql';\n`;

describe('handlers of GraphQL', () => {
  it('are named by option, by text or by their method', () => {
    expectHandlers(`${graphql}
const names = { pay: 'payOrder' };
@Resolver()
export class OrdersResolver {
  @Query(() => [String]) orders() {}
                         ^^^^^^ query orders
  @Query(() => String, { name: 'order', nullable: true }) findOne() {}
                                                          ^^^^^^^ query order
  @Mutation('cancelOrder') cancel() {}
                           ^^^^^^ mutation cancelOrder
  @Mutation({ name: names.pay }) pay() {}
                                 ^^^ mutation payOrder
  @Subscription('orderPaid', { filter: () => true }) paid() {}
                                                     ^^^^ subscription orderPaid
  @ResolveReference() resolveReference() {}
  helper() {}
}`);
  });

  it('of fields have the type that the resolver, or the method itself, names', () => {
    expectHandlers(`${graphql}
@ObjectType('Purchase') class Order {}
class Item {}
@Resolver((of) => Order)
export class OrdersResolver {
  @ResolveField() items() {}
                  ^^^^^ field Purchase.items
  @ResolveField('sum', () => Number) total() {}
                                     ^^^^^ field Purchase.sum
  @ResolveField(() => Number, { name: 'tax' }) vat() {}
                                               ^^^ field Purchase.tax
  @Resolver('Invoice') @ResolveField() lines() {}
                                       ^^^^^ field Invoice.lines
}
@Resolver(Item)
export class ItemsResolver {
  @ResolveField() price() {}
                  ^^^^^ field Item.price
}`);
  });

  it("aren't parameters of requests, methods of other packages or undecorated ones", () => {
    expectHandlers(`import { Controller, Get, Query } from '@nestjs/common';
import { Mutation } from 'elsewhere';
@Controller('orders')
export class OrdersController {
  @Get() list(@Query() query: object) {}
         ^^^^ GET /orders
  @Mutation() no() {}
}`);
  });

  it('made by a function have the names of the class that extends it', () => {
    const index = indexFiles({
      'base.ts': `${graphql}import { camelCase } from 'camel-case';
export function Base(classRef, createName: string): any {
  @Resolver(() => classRef, { isAbstract: true })
  abstract class Host {
    @Query(() => classRef, { name: camelCase(classRef.name) }) findOne() {}
    @Query(() => [classRef], { name: \`all\${classRef.name}\` }) findAll() {}
    @Mutation(() => classRef) async [createName]() {}
    @ResolveField() lockedBy() {}
  }
  return Host;
}`,
      'orders.ts': `${graphql}import { Base } from './base';
export class OrderItem {}
@Resolver(() => OrderItem)
export class ItemsResolver extends Base(OrderItem, 'createItem') {}`,
    });
    assert.deepEqual(triggersOf(index), [
      'field OrderItem.lockedBy ItemsResolver.lockedBy in Host base.ts:9',
      'mutation createItem ItemsResolver.createItem in Host base.ts:8',
      'query allOrderItem ItemsResolver.findAll in Host base.ts:7',
      'query orderItem ItemsResolver.findOne in Host base.ts:6',
    ]);
  });

  it('have no name where only the running program knows it', () => {
    const index = indexFiles({
      'a.ts': `${graphql}import { nameOf } from 'elsewhere';
@Resolver() export class A { @Query(() => String, { name: nameOf('a') }) get() {} }`,
    });
    const [handler] = index.handlers;
    assert.equal(handler?.kind === 'graphql' && handler.name, '');
  });
});

describe('handlers of messages', () => {
  it('of microservices have topics, objects, lists and services', () => {
    expectHandlers(
      `import { Controller } from '@nestjs/common';
import { MessagePattern, EventPattern, GrpcMethod, GrpcStreamMethod, Transport } from '@nestjs/microservices';
import { Topic, prefix } from './topics';
@Controller()
export class OrdersController {
  @MessagePattern({ cmd: 'sum', by: prefix }) sum() {}
                                              ^^^ message {"by":"shop","cmd":"sum"}
  @EventPattern(Topic.Created, Transport.KAFKA) created() {}
                                                ^^^^^^^ event order.created
  @EventPattern([Topic.Paid, \`\${prefix}.closed\`]) closed() {}
                                                  ^^^^^^ event order.paid
                                                  ^^^^^^ event shop.closed
  @GrpcMethod('OrderService', 'Find') one() {}
                                      ^^^ grpc OrderService/Find
  @GrpcMethod('OrderService') findAll() {}
                              ^^^^^^^ grpc OrderService/FindAll
  @GrpcStreamMethod() watch() {}
                      ^^^^^ grpc OrdersController/Watch
}`,
      {
        'topics.ts': `export enum Topic { Created = 'order.created', Paid = 'order.paid' }\nexport const prefix = 'shop';`,
      },
    );
  });

  it('of gRPC are those that a generated class decorator lists', () => {
    expectHandlers(
      `import { Controller } from '@nestjs/common';
import { OrdersServiceMethods } from './orders.pb';
@Controller()
@OrdersServiceMethods()
export class OrdersController {
  findOne() {}
  ^^^^^^^ grpc OrdersService/findOne
  watch() {}
  ^^^^^ grpc OrdersService/watch
  helper() {}
}`,
      {
        'orders.pb.ts': `import { GrpcMethod, GrpcStreamMethod } from '@nestjs/microservices';
export function OrdersServiceMethods() {
  return function (constructor: Function) {
    const unary: string[] = ['gone', 'findOne'];
    for (const method of unary) {
      const descriptor = Reflect.getOwnPropertyDescriptor(constructor.prototype, method);
      GrpcMethod('OrdersService', method)(constructor.prototype[method], method, descriptor);
    }
    const streams: string[] = ['watch'];
    for (const method of streams) GrpcStreamMethod('OrdersService', method)(constructor.prototype, method);
  };
}`,
      },
    );
  });

  it('of queues have the queue, and the job where there is one', () => {
    expectHandlers(`import { Processor as Bull, Process, OnQueueFailed } from '@nestjs/bull';
import { Processor, WorkerHost, OnWorkerEvent } from '@nestjs/bullmq';
import { RabbitSubscribe, RabbitRPC } from '@golevelup/nestjs-rabbitmq';
import { SqsMessageHandler } from '@ssut/nestjs-sqs';
import { Injectable } from '@nestjs/common';
const job = 'send';
@Bull({ name: 'mail' })
export class MailProcessor {
  @Process({ name: job, concurrency: 2 }) send() {}
                                          ^^^^ queue mail/send
  @Process('digest') digest() {}
                     ^^^^^^ queue mail/digest
  @Process() other() {}
             ^^^^^ queue mail
  @OnQueueFailed() failed() {}
}
abstract class Base extends WorkerHost { async process() {} }
                                               ^^^^^^^ queue video
@Processor('video', { concurrency: 3 })
export class VideoProcessor extends Base {
  @OnWorkerEvent('completed') done() {}
}
@Processor('audio')
export class AudioProcessor extends WorkerHost {
  process = async () => {};
  ^^^^^^^ queue audio
}
@Injectable()
export class Broker {
  @RabbitSubscribe({ exchange: 'shop', routingKey: ['a.*', 'b.#'], queue: 'q' }) on() {}
                                                                                 ^^ message a.*
                                                                                 ^^ message b.#
  @RabbitRPC({ exchange: 'shop', queue: 'rpc' }) answer() {}
                                                 ^^^^^^ message rpc
  @SqsMessageHandler('orders', false) take() {}
                                      ^^^^ queue orders
}`);
  });

  it('of sockets, events and clocks have what they wait for', () => {
    expectHandlers(`import { WebSocketGateway, SubscribeMessage } from '@nestjs/websockets';
import { Cron, Interval, Timeout, CronExpression } from '@nestjs/schedule';
import { OnEvent } from '@nestjs/event-emitter';
import { Injectable } from '@nestjs/common';
class Paid { static readonly event = 'order.paid'; static named() { return 'order.named'; } }
@WebSocketGateway({ namespace: 'chat' })
export class ChatGateway {
  @SubscribeMessage('say') say() {}
                           ^^^ ws say
}
@Injectable()
export class Jobs {
  static readonly hour = 60 * 60 * 1000;
  static readonly minute = \`\${Math.random()} * * * *\`;
  @Cron(CronExpression.EVERY_HOUR) hourly() {}
                                   ^^^^^^ cron 0 0-23/1 * * *
  @Cron('0 3 * * *', { name: 'night' }) nightly() {}
                                        ^^^^^^^ cron 0 3 * * *
  @Cron(Jobs.minute) random() {}
                     ^^^^^^ cron random
  @Interval('poll', 5000) poll() {}
                          ^^^^ cron interval 5000
  @Interval('clean', 24 * Jobs.hour - 1) clean() {}
                                         ^^^^^ cron interval 86399999
  @Timeout(1000 + 2 * 50) late() {}
                          ^^^^ cron timeout 1100
  @Timeout(100) once() {}
                ^^^^ cron timeout 100
  @OnEvent(Paid.event) @OnEvent(Paid.named()) paid() {}
                                              ^^^^ event order.paid
                                              ^^^^ event order.named
}`);
  });

  it('of CQRS have a title, and are not in the report', () => {
    const code = `import { CommandHandler, EventsHandler, QueryHandler } from '@nestjs/cqrs';
class Pay {} class Paid {} class Lost {} class Find {}
@CommandHandler(Pay) export class A { execute() {} }
@EventsHandler(Paid, Lost) export class B { handle() {} }
@QueryHandler(Find) export class C { execute() {} helper() {} }`;
    const index = indexFiles({ 'a.ts': code });
    assert.deepEqual(triggersOf(index), [
      'command Pay A.execute a.ts:3',
      'event Lost B.handle a.ts:4',
      'event Paid B.handle a.ts:4',
      'query Find C.execute a.ts:5',
    ]);
    assert.deepEqual(indexReport(index, '/ws').handlers, []);
  });

  it('are their concrete classes’, with the lines of the base', () => {
    const index = indexFiles({
      'base.ts': `import { OnEvent } from '@nestjs/event-emitter';
export abstract class Base { @OnEvent('a') on() {} }
export class Plain { @OnEvent('b') on() {} }`,
      'own.ts': `import { Injectable } from '@nestjs/common';\nimport { Base, Plain } from './base';
@Injectable() export class One extends Base {}
@Injectable() export class Two extends Plain {}
@Injectable() export class Three extends Base { override on() {} }`,
    });
    assert.deepEqual(triggersOf(index), [
      'event a One.on in Base base.ts:2',
      'event b Two.on in Plain base.ts:3',
    ]);
  });

  it('of classes that a function makes are those of each that a module lists', () => {
    expectHandlers(`
import { Controller, Get, Module } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { Processor, Process } from '@nestjs/bull';
function listener(topic: string) {
  @Controller(topic)
  class Listener {
    @Get() last() {}
           ^^^^ GET /orders
           ^^^^ GET /items
    @MessagePattern(\`\${topic}.changed\`) changed() {}
                                        ^^^^^^^ message orders.changed
                                        ^^^^^^^ message items.changed
  }
  return Listener;
}
const worker = (queue: string) => {
  @Processor(queue)
  class Worker {
    @Process('send') send() {}
                     ^^^^ queue mails/send
                     ^^^^ queue texts/send
  }
  return Worker;
};
function unused() {
  @Controller() class Unused { @MessagePattern('never') never() {} }
  return Unused;
}
@Module({
  controllers: [listener('orders'), listener('items')],
  providers: [worker('mails'), { provide: 'TEXTS', useClass: worker('texts') }],
})
export class AppModule {}`);
  });

  it('belong to every application whose modules have their class', () => {
    const main = (module: string) =>
      `import { NestFactory } from '@nestjs/core';\nimport { ${module} } from './module';\nNestFactory.create(${module});`;
    const module = (name: string) =>
      `import { Module } from '@nestjs/common';\nimport { Shared } from '../../libs/shared';\n@Module({ providers: [{ provide: 'X', useClass: Shared }] }) export class ${name} {}`;
    const index = indexFiles({
      'apps/a/package.json': '{"name":"a"}',
      'apps/b/package.json': '{"name":"b"}',
      'apps/a/main.ts': main('A'),
      'apps/a/module.ts': module('A'),
      'apps/b/main.ts': main('B'),
      'apps/b/module.ts': module('B'),
      'libs/shared.ts': `import { Cron } from '@nestjs/schedule';\nexport class Shared { @Cron('* * * * *') tick() {} }`,
    });
    assert.deepEqual(index.handlers.map(({ project }) => project.replace('/ws/', '')).sort(), [
      'apps/a',
      'apps/b',
    ]);
  });
});

describe('the report of handlers', () => {
  it('has a handler of several applications once for each name it has', () => {
    const main = (name: string) => `import { NestFactory } from '@nestjs/core';
import { Module } from '@nestjs/common';
import { Shared } from '../../shared';
@Module({ controllers: [Shared] }) class ${name} {}
NestFactory.create(${name}).then((app) => app.listen(80));`;
    const index = indexFiles({
      'apps/a/package.json': '{"name":"a"}',
      'apps/b/package.json': '{"name":"b"}',
      'apps/a/main.ts': main('A'),
      'apps/b/main.ts': main('B'),
      'shared.ts': `import { Controller, Get } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
@Controller('s') export class Shared { @Get() get() {} @EventPattern('paid') paid() {} }`,
    });
    assert.equal(index.handlers.length, 4);
    const { handlers } = indexReport(index, '/ws');
    assert.deepEqual(
      handlers.map(({ handler }) => handler),
      ['get', 'paid'],
    );
  });

  it('says of a route whose beginning isn’t known that it is incomplete, in the listing with an ellipsis', () => {
    const index = indexFiles({
      'a.ts': `import { Controller, Get } from '@nestjs/common';
@Controller(process.env.BASE) export class A { @Get('x') get() {} }`,
    });
    const report = indexReport(index, '/ws');
    assert.deepEqual(report.handlers, [
      {
        kind: 'http',
        method: 'GET',
        path: '/x',
        pathComplete: false,
        controller: 'A',
        handler: 'get',
        file: 'a.ts',
        line: 2,
      },
    ]);
    assert.equal(indexText(report)[1], '  GET …/x A.get a.ts:2');
  });

  it('gives each kind its own fields', () => {
    const index = indexFiles({
      'a.ts': `${graphql}import { EventPattern } from '@nestjs/microservices';
@Resolver('Order') export class R {
  @ResolveField() items() {}
  @EventPattern('paid') paid() {}
}`,
    });
    const place = { controller: 'R', file: 'a.ts' };
    assert.deepEqual(indexReport(index, '/ws').handlers, [
      {
        kind: 'graphql',
        operation: 'field',
        name: 'items',
        parent: 'Order',
        ...place,
        handler: 'items',
        line: 4,
      },
      { kind: 'event', pattern: 'paid', ...place, handler: 'paid', line: 5 },
    ]);
  });
});
