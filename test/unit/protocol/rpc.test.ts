import assert from 'node:assert/strict';
import { disposable } from '../../../src/core/base/disposable.ts';
import { Rpc, type Channel, type Handlers } from '../../../src/protocol/rpc.ts';

interface Methods {
  double(params: { value: number }): number;
  fail(params: Record<string, never>): never;
  wait(params: Record<string, never>): number;
}
type NoMethods = object;
interface Events {
  told: string;
}

/** Two ends of one channel, as a structured clone carries messages; `raw` puts anything on the wire. */
function connected() {
  const listeners = [new Set<(message: unknown) => void>(), new Set<(message: unknown) => void>()];
  const posts: unknown[] = [];
  const end = (own: number): Channel => ({
    post: (message) => {
      posts.push(message);
      const copy: unknown = structuredClone(message);
      setImmediate(() => listeners[1 - own]?.forEach((receive) => receive(copy)));
    },
    listen: (receive) => {
      listeners[own]?.add(receive);
      return disposable(() => listeners[own]?.delete(receive));
    },
  });
  const aborted: string[] = [];
  const told: string[] = [];
  const handlers: Handlers<Methods> = {
    double: ({ value }) => value * 2,
    fail: () => {
      throw Object.assign(new Error('No such trace.'), { code: 'notFound', detail: 'data[0]' });
    },
    wait: (_, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          aborted.push('wait');
          resolve(0);
        });
      }),
  };
  const server = new Rpc<Methods, NoMethods, Events>(end(0), handlers);
  const client = new Rpc<NoMethods, Methods, object, Events>(end(1), {}, (_, value) =>
    told.push(value),
  );
  const raw = (message: unknown) => listeners[0]?.forEach((receive) => receive(message));
  return { server, client, aborted, told, posts, raw };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('Rpc', () => {
  it('answers a call with its value', async () => {
    const { client } = connected();
    assert.equal(await client.call('double', { value: 21 }), 42);
  });

  it('carries an error with its words, code and detail', async () => {
    const { client } = connected();
    await assert.rejects(client.call('fail', {}), {
      message: 'No such trace.',
      code: 'notFound',
      detail: 'data[0]',
    });
  });

  it('gives an end that takes the place of another only its own answers', async () => {
    const receivers = new Set<(message: unknown) => void>();
    const listen = (receive: (message: unknown) => void) => {
      receivers.add(receive);
      return disposable(() => receivers.delete(receive));
    };
    let toServer: (message: unknown) => void = () => undefined;
    const slow = Promise.withResolvers<number>();
    const server = new Rpc<Pick<Methods, 'double'> & { slow(): number }, NoMethods>(
      {
        post: (message) => setImmediate(() => receivers.forEach((receive) => receive(message))),
        listen: (receive) => {
          toServer = receive;
          return disposable(() => undefined);
        },
      },
      {
        slow: () => slow.promise,
        double: async ({ value }) => {
          await turn();
          return value * 2;
        },
      },
    );
    const page = () =>
      new Rpc<NoMethods, Pick<Methods, 'double'> & { slow(params: object): number }>(
        { post: (message) => toServer(message), listen },
        {},
      );
    const first = page();
    first.call('slow', {}).catch(() => undefined);
    first.dispose();
    const answer = page().call('double', { value: 21 });
    slow.resolve(-1);
    assert.equal(await answer, 42);
    server.dispose();
  });

  it('says that a method is missing rather than staying silent', async () => {
    const { client } = connected();
    await assert.rejects(client.call('toString' as 'fail', {}), /no method "toString"/);
  });

  it('a cancelled call rejects at once and stops the work at the other end', async () => {
    const { client, aborted } = connected();
    const asking = new AbortController();
    const answer = client.call('wait', {}, asking.signal);
    await turn();
    asking.abort();
    await assert.rejects(answer, { name: 'AbortError' });
    await turn();
    assert.deepEqual(aborted, ['wait']);
  });

  it('a call that is cancelled before it starts is never sent', async () => {
    const { client, posts } = connected();
    await assert.rejects(client.call('double', { value: 1 }, AbortSignal.abort()), {
      name: 'AbortError',
    });
    assert.equal(posts.length, 0);
  });

  it('disposing settles what waits, stops what is served, and refuses more', async () => {
    const { client, server, aborted } = connected();
    const answer = client.call('wait', {});
    await turn();
    client.dispose();
    await assert.rejects(answer, /other end is gone/);
    await assert.rejects(client.call('double', { value: 1 }), /other end is gone/);
    server.dispose();
    assert.deepEqual(aborted, ['wait']);
  });

  it('tells events, and ignores what is no message', async () => {
    const { server, told, raw } = connected();
    for (const odd of [null, 7, 'text', {}, { kind: 'request' }, { kind: 'reply', id: 'x' }])
      raw(odd);
    server.emit('told', 'something');
    await turn();
    assert.deepEqual(told, ['something']);
  });
});
