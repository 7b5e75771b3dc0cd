import assert from 'node:assert/strict';
import { Linker } from '../../../../src/core/code/linker.ts';
import type { CodeIndex } from '../../../../src/core/code/model.ts';
import { indexFiles, linked, workspaceOf } from '../../../support/memoryWorkspace.ts';

const handlers = `import { SqsMessageHandler } from '@ssut/nestjs-sqs';
export class Orders { @SqsMessageHandler('orders') take() {} }`;
const module = (url: string) => `import { Module } from '@nestjs/common';
import { SqsModule } from '@ssut/nestjs-sqs';
import { Orders } from './handlers';
import { base } from './base';
@Module({
  imports: [SqsModule.register({ consumers: [{ name: 'orders', queueUrl: ${url} }] })],
  providers: [Orders],
})
export class AppModule {}`;

const queues = ({ handlers: all }: CodeIndex) =>
  all.flatMap((handler) => ('queue' in handler ? [handler.queue] : []));

describe('what modules register for messages', () => {
  it('follows edits of the module and of what it imports', () => {
    const files = (url: string, base: string) =>
      workspaceOf({
        'handlers.ts': handlers,
        'app.module.ts': module(url),
        'base.ts': `export const base = '${base}';`,
      });
    const linker = new Linker();
    assert.deepEqual(queues(linked(linker, files("'http://x/1/a'", 'b'))), ['a']);
    assert.deepEqual(queues(linked(linker, files('`http://x/1/${base}`', 'b'))), ['b']);
    assert.deepEqual(queues(linked(linker, files('`http://x/1/${base}`', 'c.fifo'))), ['c.fifo']);
    assert.deepEqual(queues(linked(linker, files('url()', 'c.fifo'))), ['']);
  });

  it('is the same for a handler in each application, by its own modules', () => {
    const app = (name: string, queue: string) => ({
      [`${name}/package.json`]: `{"name":"${name}"}`,
      [`${name}/main.ts`]: `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
async function run() { const app = await NestFactory.create(AppModule); await app.listen(1); }
void run();`,
      [`${name}/base.ts`]: `export const base = '${queue}';`,
      [`${name}/handlers.ts`]: `export { Orders } from '../shared/handlers';`,
      [`${name}/app.module.ts`]: module('`http://x/1/${base}`'),
    });
    const index = indexFiles({
      'shared/handlers.ts': handlers,
      ...app('one', 'first'),
      ...app('two', 'second'),
    });
    assert.deepEqual(queues(index), ['first', 'second']);
  });

  it('of RabbitMQ makes a handler for each queue, with names of their own', () => {
    const index = indexFiles({
      'handlers.ts': `import { RabbitSubscribe } from '@golevelup/nestjs-rabbitmq';
export class Orders { @RabbitSubscribe({ name: 'orders' }) take() {} }`,
      'app.module.ts': `import { Module } from '@nestjs/common';
import { RabbitMQModule } from '@golevelup/nestjs-rabbitmq';
import { Orders } from './handlers';
const on = (queue: string) => ({ exchange: 'shop', routingKey: 'order.*', queue });
@Module({
  imports: [RabbitMQModule.forRootAsync({ useFactory: () => ({ handlers: { orders: [on('a'), on('b')] } }) })],
  providers: [Orders],
})
export class AppModule {}`,
    });
    assert.deepEqual(queues(index), ['a', 'b']);
    assert.equal(new Set(index.handlers.map(({ id }) => id)).size, 2);
  });
});
