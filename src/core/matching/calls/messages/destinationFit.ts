import type { OtherCallSite } from '../../../code/model.ts';
import { fitsText } from '../fitsText.ts';
import type { SentMessage } from './sentMessage.ts';

/**
 * How well a call fits a message, best first. `same`: it names where it goes, and its job or routing key; `name`: where it
 * goes, the rest isn't written; `pattern`: its open parts fit; `open`: nothing is known of where it sends to.
 */
export const fits = ['same', 'name', 'pattern', 'open'] as const;
export type Fit = (typeof fits)[number];

/** As spans spell what carries a message. */
const systems: Readonly<Record<string, string>> = {
  Kafka: 'kafka',
  RabbitMQ: 'rabbitmq',
  SQS: 'aws_sqs',
  SNS: 'aws_sns',
  BullMQ: 'bullmq',
  Bull: 'bullmq',
  NATS: 'nats',
  MQTT: 'mqtt',
};
/** What a ClientProxy may send through. */
const transports = new Set(['kafka', 'rabbitmq', 'nats', 'mqtt']);

/** Undefined: the call doesn't send there. */
export function destinationFit(call: OtherCallSite, sent: SentMessage): Fit | undefined {
  const fit = fitOf(call, sent);
  return fit === 'open' && isReply(sent) ? undefined : fit;
}

/** What NestJS answers a request with by itself. */
const isReply = ({ destination, routingKey }: SentMessage): boolean =>
  /\.reply$/.test(destination) || /^amq\./.test(routingKey);

function fitOf(call: OtherCallSite, sent: SentMessage): Fit | undefined {
  const { system, operation } = call;
  const isOfSystem =
    system === undefined ? transports.has(sent.system) : systems[system] === sent.system;
  if (!isOfSystem) return undefined;
  switch (sent.system) {
    case 'rabbitmq':
      return isClientProxy(call) ? proxyFit(call, sent) : exchangeFit(call, sent);
    case 'bullmq': {
      // Where the method isn't recorded, there may be a span for each job of a bulk.
      if (/^add(?:Bulk)?$/.test(sent.operation) && operation !== sent.operation) return undefined;
      const job = operation === 'add' ? call.detail : undefined;
      return both(anyText(call, sent.destination), text(job, sent.job));
    }
    case 'aws_sqs':
    case 'aws_sns': {
      const { command = sent.command } = call;
      if (sent.command !== '' && command !== sent.command) return undefined;
      const fit = text(lastPart(call.target), sent.destination);
      // A name that modules give the queue of SqsService.
      return fit ?? (call.command === undefined && operation === 'send' ? 'open' : undefined);
    }
    default:
      return anyText(call, sent.destination);
  }
}

/** NestJS's: its messages have their pattern within. */
const isClientProxy = ({ operation }: OtherCallSite): boolean =>
  operation === 'send' || operation === 'emit';

/** All go to one queue, or where wildcards are on, to the exchange with the pattern as key. */
function proxyFit({ target, destinations }: OtherCallSite, sent: SentMessage): Fit | undefined {
  const { exchange = '', routingKey } = sent;
  if (exchange !== '') return text(target, routingKey);
  return destinations ? anyText({ target: undefined, destinations }, routingKey) : 'open';
}

/** A queue is the routing key of the exchange without a name. */
function exchangeFit(call: OtherCallSite, sent: SentMessage): Fit | undefined {
  const { target, detail, operation } = call;
  const { exchange, routingKey } = sent;
  if (operation === 'sendToQueue') return exchange ? undefined : text(target, routingKey);
  if (detail !== undefined) {
    return exchange === undefined
      ? text(detail, routingKey)
      : both(text(target, exchange), text(detail, routingKey));
  }
  return (exchange === undefined ? undefined : text(target, exchange)) ?? text(target, routingKey);
}

interface Written {
  readonly target: string | undefined;
  readonly destinations?: readonly string[] | undefined;
}

/** The best of several. */
function anyText({ target, destinations }: Written, name: string): Fit | undefined {
  const found = (destinations ?? [target]).map((one) => text(one, name));
  return fits.find((fit) => found.includes(fit));
}

/** How a written text fits a recorded one; empty: that isn't recorded. */
function text(written: string | undefined, recorded: string): Fit | undefined {
  if (written === undefined || recorded === '') return 'open';
  if (written === recorded) return 'same';
  if (!written.includes('*') || !fitsText(written, recorded)) return undefined;
  return /[\p{L}\p{N}]/u.test(written) ? 'pattern' : 'open';
}

/** A place, with what stands beside it: an open detail leaves the place. */
function both(place: Fit | undefined, detail: Fit | undefined): Fit | undefined {
  if (place === undefined || detail === undefined) return undefined;
  if (detail === 'open') return place === 'same' ? 'name' : place;
  return place === 'open' ? 'open' : place === 'same' ? detail : place;
}

/** `orders.fifo` of a queue's URL or a topic's ARN. */
const lastPart = (url: string | undefined): string | undefined => url?.slice(url.search(/[^/:]*$/));
