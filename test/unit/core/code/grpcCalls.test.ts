import assert from 'node:assert/strict';
import { indexReport } from '../../../../src/core/code/indexReport.ts';
import { indexFiles } from '../../../support/memoryWorkspace.ts';

/** `findOne Orders/FindOne 3`: the client's method, what is called and the line. */
function callsIn(code: string, others: Readonly<Record<string, string>> = {}): string[] {
  const text = `import { Injectable, Inject } from '@nestjs/common';\n${code}`;
  const { calls } = indexReport(indexFiles({ 'a.ts': text, ...others }), '/ws');
  return calls
    .filter(({ library }) => library === 'grpc')
    .map(({ operation, target, line }) => `${operation ?? '?'} ${target ?? '?'} ${line}`);
}

const generated = `import { Client, makeGenericClientConstructor } from '@grpc/grpc-js';
export interface OrdersClient extends Client { findOne(request: unknown): unknown; }
export const OrdersService = {};
export const OrdersClient = makeGenericClientConstructor(OrdersService, 'shop.v1.Orders') as unknown as { new (address: string): OrdersClient; serviceName: string };`;

describe('gRPC calls in the code', () => {
  it("are those of a service that NestJS's ClientGrpc gives, in a field, a variable or a getter", () => {
    const orders = `export interface Orders { findOne(request: object): unknown; }`;
    const code = `import { ClientGrpc } from '@nestjs/microservices'; import { Orders } from './orders'; const NAME = 'Orders';
@Injectable() export class Api {
  private orders: Orders;
  constructor(@Inject('G') private readonly client: ClientGrpc) {}
  get late(): Orders { return this.client.getService<Orders>('Late'); }
  onModuleInit() { this.orders = this.client.getService<Orders>(NAME); }
  a() { return this.orders.findOne({}); }
  b() { const other = this.client.getService<Orders>('Other'); return other.findOne({}).pipe(); }
  c() { return this.late.findOne({}); }
  d() { return this.a(); }
}`;
    assert.deepEqual(callsIn(code, { 'orders.ts': orders }), [
      'findOne Orders/FindOne 8',
      'findOne Other/FindOne 9',
      'findOne Late/FindOne 10',
    ]);
  });

  it('are those of clients that are generated for grpc-js, made or given', () => {
    const code = `import { OrdersClient } from './generated/orders';
const made = new OrdersClient('x'); export const a = () => made.findOne({});
@Injectable() export class Api {
  constructor(private readonly given: OrdersClient) {}
  b() { this.given.findOne({}); this.given.close(); }
}`;
    assert.deepEqual(callsIn(code, { 'generated/orders.ts': generated }), [
      'findOne Orders/FindOne 3',
      'findOne Orders/FindOne 6',
    ]);
  });

  it("are those of classes that extend grpc-js's client, not of the team's below them", () => {
    const client = `import * as grpc from '@grpc/grpc-js';
export class GreeterClient extends grpc.Client { sayHello(request: unknown) { return this.makeUnaryRequest(request); } }`;
    const code = `import { GreeterClient } from './proto/greeter';
export class Safe extends GreeterClient { safe() { return this.sayHello({}); } }
export const a = (safe: Safe) => safe.safe(); export const b = (client: GreeterClient) => client.sayHello({});`;
    assert.deepEqual(callsIn(code, { 'proto/greeter.ts': client }), [
      'sayHello Greeter/SayHello 3',
      'sayHello Greeter/SayHello 4',
    ]);
  });

  it('are those of a definition that is loaded', () => {
    const code = `import * as grpc from '@grpc/grpc-js';
const proto = grpc.loadPackageDefinition({}) as any; const client = new proto.shop.Bills('x', grpc.credentials.createInsecure());
export const a = () => client.pay({}, () => undefined);`;
    assert.deepEqual(callsIn(code), ['pay Bills/Pay 4']);
  });
});
