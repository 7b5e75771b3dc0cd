import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import vm from 'node:vm';

import { context, ROOT_CONTEXT, trace, type Context, type Span } from '@opentelemetry/api';

import { noteCalls } from '../../../instrumentation/src/callsInProgress.ts';
import { watchLibrary } from '../../../instrumentation/src/clientLibraries.ts';
import type { Location } from '../../../instrumentation/src/location.ts';
import { clientKind, type StartedSpan } from '../../../instrumentation/src/openTelemetry.ts';
import { outgoingCall } from '../../../instrumentation/src/outgoingCalls.ts';

const held = new AsyncLocalStorage<Context>();
const manager = {
  active: () => held.getStore() ?? ROOT_CONTEXT,
  with: (active: Context, work: () => unknown) => held.run(active, work),
  bind: (_: Context, target: unknown) => target,
  enable: () => undefined,
  disable: () => undefined,
};

/** What an instrumentation does as a client sends something. */
function started(scope: string, name = 'call'): Located {
  const span = {
    name,
    kind: clientKind,
    instrumentationScope: { name: scope },
    isRecording: () => true,
    setAttributes: () => undefined,
    spanContext: () => ({ traceId: '', spanId: '', traceFlags: 1 }),
  };
  return { span, location: outgoingCall(span, context.active(), started) };
}
interface Located {
  readonly span: StartedSpan;
  readonly location: Location | undefined;
}
const methodOf = ({ location }: Located) => location?.functionName;

/** What a library's text returns: its frames are those of a package. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what the text returns
function library<T>(text: string): T {
  const filename = '/app/node_modules/client/index.js';
  const load = vm.runInThisContext(`(started) => { ${text} }`, { filename }) as (
    start: typeof started,
  ) => T;
  return load(started);
}

describe('the line of a call that leaves the service', () => {
  before(() => context.setGlobalContextManager(manager as never));
  after(() => {
    context.disable();
  });

  it('is on the stack where the client starts its span at once', () => {
    const orders = { list: () => started('@opentelemetry/instrumentation-undici') };
    assert.equal(methodOf(orders.list()), 'list');
  });

  it('is not that of code which awaits something else', async () => {
    const client = library<{ send(): Promise<Located> }>(
      `return { async send() { await null; return started('@opentelemetry/instrumentation-http'); } }`,
    );
    async function ordersOf() {
      return await client.send();
    }
    assert.equal(methodOf(await ordersOf()), undefined);
  });

  it('is known in a later turn where the call was noted, to its own spans only', async () => {
    const pool = library<{ query(scope: string): Promise<Located> }>(
      `return { async query(scope) { await null; return started(scope); } }`,
    );
    noteCalls(pool, ['query'], /-pg$/);
    const findAll = (scope: string) => pool.query(scope);
    assert.equal(methodOf(await findAll('@opentelemetry/instrumentation-pg')), 'findAll');
    assert.equal(methodOf(await findAll('@opentelemetry/instrumentation-http')), undefined);
  });

  it('is that of the code which the call runs, where that calls itself', async () => {
    const cache = library<{ wrap(make: () => Located): Promise<Located> }>(
      `return { async wrap(make) { await null; return make(); } }`,
    );
    noteCalls(cache, ['wrap'], /redis/);
    const made = await cache.wrap(function makeOrders() {
      return started('@opentelemetry/instrumentation-redis');
    });
    assert.equal(methodOf(made), 'makeOrders');
  });

  it('is that of the call, not of the line that subscribes to its answer', () => {
    const http = library<{ get(): { subscribe(): Located; pipe(): unknown } }>(
      `return { get: () => ({ pipe() {}, subscribe: () => started('@opentelemetry/instrumentation-http') }) }`,
    );
    noteCalls(http, ['get'], /-http$/);
    function fetchOrders() {
      return http.get();
    }
    function first(answer: { subscribe(): Located }) {
      return answer.subscribe();
    }
    assert.equal(methodOf(first(fetchOrders())), 'fetchOrders');
  });

  it('is that of the waiting query where another gives the connection back', async () => {
    const Pool = library<new () => FakePool>(`
      return class Pool {
        waiting = [];
        query(done) { this.getConnection(() => done(started('@opentelemetry/instrumentation-mysql2'))); }
        getConnection(callback) { this.waiting.push(callback); }
        release() { this.waiting.shift()(); }
      };`);
    watchLibrary(Pool, '/app/node_modules/mysql2/lib/base/pool.js');
    const pool = new Pool();
    const found = Array<string | undefined>();
    const keep = (one: Located) => found.push(methodOf(one));
    function firstReport() {
      pool.query(keep);
    }
    function secondReport() {
      pool.query((one) => {
        keep(one);
        pool.release();
      });
    }
    secondReport();
    firstReport();
    await nextTurn();
    pool.release();
    assert.deepEqual(found, ['secondReport', 'firstReport']);
  });

  it('is that of the call whose span is the parent', async () => {
    const send = () => started('@opentelemetry/instrumentation-aws-sdk');
    const client = library<{ request(): Promise<Located> }>(
      `return { async request() { await null; return started('@opentelemetry/instrumentation-http'); } }`,
    );
    const inside = trace.setSpan(ROOT_CONTEXT, send().span as unknown as Span);
    assert.equal(methodOf(await held.run(inside, () => client.request())), 'send');
  });

  it('is left to Prisma’s call for the queries of its driver', () => {
    const query = { name: 'prisma:client:db_query', isRecording: () => true };
    const inside = trace.setSpan(ROOT_CONTEXT, query as unknown as Span);
    const run = () => started('@opentelemetry/instrumentation-pg');
    assert.equal(methodOf(held.run(inside, run)), undefined);
  });
});

interface FakePool {
  query(done: (one: Located) => void): void;
  release(): void;
}
