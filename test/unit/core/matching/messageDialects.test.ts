import assert from 'node:assert/strict';
import { messageNames } from '../../../../src/core/matching/messages/messageNames.ts';
import {
  isFetching,
  isHandling,
  isSending,
} from '../../../../src/core/matching/messages/messageOperation.ts';
import {
  messageOf,
  operationKeyOf,
} from '../../../../src/core/matching/operations/operationKey.ts';
import type { SpanKind } from '../../../../src/core/trace/rawSpan.ts';
import { mapped, one } from '../../../support/handMadeShop.ts';
import { noSourceMaps } from '../../../support/mapTrace.ts';
import { indexFiles } from '../../../support/memoryWorkspace.ts';
import { makeSpan } from '../../../support/span.ts';

interface Case {
  readonly by: string;
  readonly name: string;
  readonly kind?: SpanKind;
  readonly attributes: Readonly<Record<string, string>>;
  /** System, queue, job or routing key, and what it does. */
  readonly says: string;
}

/** As the instrumentations write them, by their sources. */
const cases: readonly Case[] = [
  {
    by: 'AppSignal for BullMQ',
    name: 'mails process',
    attributes: {
      'messaging.system': 'bullmq',
      'messaging.destination': 'mails',
      'messaging.operation': 'process',
      'messaging.bullmq.operation.name': 'Worker.run',
      'messaging.bullmq.job.name': 'welcome',
    },
    says: 'bullmq mails welcome handles',
  },
  {
    by: 'AppSignal for BullMQ, stable names',
    name: 'Worker.run mails',
    attributes: {
      'messaging.system': 'bullmq',
      'messaging.destination.name': 'mails',
      'messaging.operation.type': 'process',
      'messaging.operation.name': 'Worker.run',
      'messaging.bullmq.job.name': 'welcome',
    },
    says: 'bullmq mails welcome handles',
  },
  {
    by: 'AppSignal for BullMQ, a bulk',
    name: 'mails publish',
    kind: 'internal',
    attributes: {
      'messaging.system': 'bullmq',
      'messaging.destination': 'mails',
      'messaging.operation': 'publish',
    },
    says: 'bullmq mails - sends',
  },
  {
    by: 'the first instrumentation for BullMQ',
    name: 'mails.welcome Worker.anonymous #1',
    attributes: {
      'messaging.system': 'BullMQ',
      'messaging.operation': 'receive',
      'messaging.bullmq.queue.name': 'mails',
      'messaging.bullmq.job.name': 'welcome',
    },
    says: 'bullmq mails welcome handles',
  },
  {
    by: 'bullmq-otel',
    name: 'process mails',
    attributes: {
      'bullmq.queue.name': 'mails',
      'bullmq.queue.operation': 'process',
      'bullmq.job.name': 'welcome',
    },
    says: 'bullmq mails welcome handles',
  },
  {
    by: 'spans of Bull that are made by hand',
    name: 'bull.process:welcome',
    attributes: { 'bull.queue.name': 'mails', 'bull.job.name': 'welcome' },
    says: 'bullmq mails welcome handles',
  },
  {
    by: 'BullMQ, without a queue but in its name',
    name: 'mails process',
    attributes: { 'messaging.system': 'bullmq' },
    says: 'bullmq mails - handles',
  },
  {
    by: 'kafkajs, old',
    name: 'orders',
    attributes: {
      'messaging.system': 'kafka',
      'messaging.destination': 'orders',
      'messaging.operation': 'process',
    },
    says: 'kafka orders - handles',
  },
  {
    by: 'kafkajs, old batch',
    name: 'orders',
    attributes: {
      'messaging.system': 'kafka',
      'messaging.destination': 'orders',
      'messaging.operation': 'receive',
    },
    says: 'kafka orders - fetches',
  },
  {
    by: 'kafkajs, stable batch',
    name: 'poll orders',
    kind: 'client',
    attributes: {
      'messaging.system': 'kafka',
      'messaging.destination.name': 'orders',
      'messaging.operation.type': 'receive',
      'messaging.operation.name': 'poll',
    },
    says: 'kafka orders - fetches',
  },
  {
    by: 'a topic known by its template',
    name: 'process',
    attributes: {
      'messaging.system': 'kafka',
      'messaging.destination.template': 'orders',
      'messaging.operation.name': 'process',
    },
    says: 'kafka orders - handles',
  },
  {
    by: 'amqplib',
    name: 'billing process',
    attributes: {
      'messaging.system': 'rabbitmq',
      'messaging.destination': 'shop',
      'messaging.destination_kind': 'topic',
      'messaging.rabbitmq.routing_key': 'order.paid',
      'messaging.operation': 'process',
    },
    says: 'rabbitmq billing order.paid handles of shop',
  },
  {
    by: 'amqplib, of the default exchange',
    name: 'billing process',
    attributes: {
      'messaging.system': 'rabbitmq',
      'messaging.destination': '',
      'messaging.rabbitmq.routing_key': 'billing',
    },
    says: 'rabbitmq billing billing handles of default',
  },
  {
    by: 'RabbitMQ, stable names',
    name: 'process shop:order.paid:billing',
    attributes: {
      'messaging.system': 'rabbitmq',
      'messaging.destination.name': 'shop:order.paid:billing',
      'messaging.rabbitmq.destination.routing_key': 'order.paid',
      'messaging.operation.type': 'process',
    },
    says: 'rabbitmq billing order.paid handles of shop',
  },
  {
    by: 'RabbitMQ, stable names of a queue alone',
    name: 'consume billing',
    attributes: {
      'messaging.system': 'rabbitmq',
      'messaging.destination.name': 'billing',
      'messaging.rabbitmq.destination.routing_key': 'order.paid',
    },
    says: 'rabbitmq billing order.paid handles',
  },
  {
    by: 'RabbitMQ, a queue by its kind',
    name: 'work',
    attributes: {
      'messaging.system': 'rabbitmq',
      'messaging.destination': 'billing',
      'messaging.destination_kind': 'queue',
      'messaging.operation': 'deliver',
    },
    says: 'rabbitmq billing - handles',
  },
  {
    by: 'RabbitMQ, a producer of stable names',
    name: 'publish shop:order.paid',
    kind: 'producer',
    attributes: {
      'messaging.system': 'rabbitmq',
      'messaging.destination.name': 'shop:order.paid',
      'messaging.rabbitmq.destination.routing_key': 'order.paid',
    },
    says: 'rabbitmq - order.paid sends of shop',
  },
  {
    by: "the AWS SDK's SQS, old",
    name: 'orders.fifo process',
    attributes: {
      'messaging.system': 'aws.sqs',
      'messaging.destination': 'orders.fifo',
      'messaging.url': 'https://sqs.eu-west-1.amazonaws.com/1/orders.fifo',
      'messaging.operation': 'process',
    },
    says: 'aws_sqs orders.fifo - handles',
  },
  {
    by: "the AWS SDK's SQS",
    name: 'orders.fifo receive',
    attributes: {
      'messaging.system': 'aws_sqs',
      'messaging.destination.name': 'orders.fifo',
      'messaging.operation.type': 'receive',
    },
    says: 'aws_sqs orders.fifo - fetches',
  },
  {
    by: 'SQS by its URL alone',
    name: 'work',
    attributes: {
      'messaging.system': 'AmazonSQS',
      'messaging.url': 'https://sqs.eu-west-1.amazonaws.com/1/orders.fifo',
      'messaging.operation': 'process',
    },
    says: 'aws_sqs orders.fifo - handles',
  },
  {
    by: 'SQS by its ARN',
    name: 'process',
    attributes: {
      'messaging.system': 'aws_sqs',
      'messaging.destination.name': 'arn:aws:sqs:eu-west-1:1:orders.fifo',
      'messaging.operation.type': 'process',
      'faas.trigger': 'pubsub',
    },
    says: 'aws_sqs orders.fifo - handles',
  },
];

describe('what spans of messages say', () => {
  for (const { by, name, kind = 'consumer', attributes, says } of cases) {
    const span = makeSpan({ id: 'a', name, kind, attributes });
    it(`is read from ${by}`, () => {
      const names = messageNames(span);
      assert.ok(names);
      const does = isSending(span) ? 'sends' : isFetching(span) ? 'fetches' : 'handles';
      assert.equal(isHandling(span), does === 'handles');
      const { system, destination, job, routingKey, exchange } = names;
      const of = exchange === undefined ? '' : ` of ${exchange || 'default'}`;
      const shown = `${system} ${destination || '-'} ${job || routingKey || '-'} ${does}${of}`;
      assert.equal(shown, says);
    });

    if (kind === 'consumer') {
      it(`goes into the key of figures from ${by}`, () => {
        const key = operationKeyOf(span);
        const kept = key?.kind === 'messaging' ? messageOf(key) : undefined;
        if (!isHandling(span)) assert.equal(kept, undefined);
        else {
          assert.ok(kept);
          const { system, destination, job, routingKey } = kept;
          assert.ok(says.startsWith(`${system} ${destination} ${job || routingKey || '-'}`));
        }
      });
    }
  }
});

describe('spans of BullMQ by AppSignal', () => {
  const index = indexFiles({
    'mail/package.json': '{"name":"mail"}',
    'mail/app.ts': `import { Controller, Post } from '@nestjs/common';
import { Processor, WorkerHost } from '@nestjs/bullmq';
@Processor('mails') export class Mails extends WorkerHost { async process() {} }
@Controller() export class Sender {
  @Post('mails') send() {}
}`,
  });

  it('lead to the processor of the queue that they name', () => {
    for (const { by, name, kind, attributes, says } of cases) {
      if (kind !== undefined || !says.startsWith('bullmq')) continue;
      const span = { kind: 'consumer', name, service: 'mail', attributes } as const;
      assert.equal(one(span, noSourceMaps, index), 'strong Mails.process 3', by);
    }
  });

  it('of a bulk are sent below the handler above', () => {
    const attributes = { 'messaging.system': 'bullmq', 'messaging.operation': 'publish' };
    const rows = mapped(
      [
        makeSpan({
          id: 'a',
          kind: 'server',
          name: 'POST /mails',
          service: 'mail',
          duration: 50,
          attributes: { 'http.request.method': 'POST', 'http.route': '/mails' },
        }),
        makeSpan({
          id: 'b',
          parent: 'a',
          start: 1,
          kind: 'internal',
          name: 'mails publish',
          service: 'mail',
          attributes,
        }),
      ],
      noSourceMaps,
      index,
    );
    assert.match(rows[1] ?? '', /^weak Sender\.send 5/);
  });

  it('of a worker as long as it lives lead nowhere', () => {
    const attributes = { 'messaging.system': 'BullMQ', 'messaging.bullmq.worker.name': 'w' };
    const span = {
      kind: 'internal',
      name: 'mails Worker.run',
      service: 'mail',
      attributes,
    } as const;
    assert.match(one(span, noSourceMaps, index), /^unmapped: Internal work of the queue/);
  });
});
