import assert from 'node:assert/strict';

import { loopsOnWays } from '../../../../src/core/code/calls/loopsOnWays.ts';
import { indexFiles } from '../../../support/memoryWorkspace.ts';

const client = `
export class Tax {
  async rate(country: string) {
    return fetch('https://tax.example/rates/' + country);
  }
}
`;

/** Lines of the loops that run the call of `Tax.rate` below `Orders.remove`, whose body this is. */
function loopsOf(body: string, more = ''): readonly string[] {
  const index = indexFiles({
    'tax.ts': client,
    'orders.ts': `import { Injectable } from '@nestjs/common';
import { Tax } from './tax';
@Injectable()
export class Orders {
  constructor(private readonly tax: Tax) {}
  async remove(items: string[], other: string[]) {
${body}
  }
${more}}
`,
  });
  const [method] = index.methodsNamed('Orders', 'remove');
  const [reached] = index.reachableCalls(method!.id);
  assert.ok(reached, 'the call is reached');
  return (reached.loops ?? []).map(({ path, line }) => `${path.slice('/ws/'.length)}:${line}`);
}

describe('the loops that run a call', () => {
  const kinds = [
    ['for…of', 'for (const item of items)\n await this.tax.rate(item);'],
    ['for await', 'for await (const item of items)\n await this.tax.rate(item);'],
    ['for…in', 'for (const item in items) {\n await this.tax.rate(item); }'],
    ['for', 'for (let at = 0; at < 9; at++) {\n await this.tax.rate(items[at]); }'],
    ['while', 'while (items.length) {\n await this.tax.rate(items.pop()); }'],
    ['do', 'do {\n await this.tax.rate(items.pop()); } while (items.length);'],
    ['forEach', 'items.forEach((item) => {\n void this.tax.rate(item); });'],
    ['reduce', 'await items.reduce(async (before, item) => {\n await this.tax.rate(item); }, x);'],
  ] as const;
  for (const [kind, body] of kinds)
    it(`are found in the caller of the method that makes it: ${kind}`, () => {
      assert.deepEqual(loopsOf(body), ['orders.ts:7']);
    });

  it('are found in Promise.all at the line of map', () => {
    const body = 'await Promise.all(\n items.map(async (item) =>\n this.tax.rate(item)));';
    assert.deepEqual(loopsOf(body), ['orders.ts:8']);
  });

  it('are found where a method is handed on to map', () => {
    const more = '  each(item: string) { return this.tax.rate(item); }\n';
    assert.deepEqual(loopsOf('return items\n.map(this.each.bind(this));', more), ['orders.ts:8']);
  });

  it('are found further up, through methods without any', () => {
    const more =
      '  each(item: string) { return this.once(item); }\n  once(item: string) { return this.tax.rate(item); }\n';
    assert.deepEqual(loopsOf('for (const item of items) await this.each(item);', more), [
      'orders.ts:7',
    ]);
  });

  it('are the innermost of nested ones', () => {
    const body = 'for (const item of items)\n for (const one of other)\n await this.tax.rate(one);';
    assert.deepEqual(loopsOf(body), ['orders.ts:8']);
    const more =
      '  async each(items: string[]) {\n    for (const item of items) await this.tax.rate(item);\n  }\n';
    assert.deepEqual(loopsOf('while (true) await this.each(items);', more), ['orders.ts:10']);
  });

  it('are named where the method is called outside of them too', () => {
    const body = 'await this.tax.rate("a");\nfor (const item of items) await this.tax.rate(item);';
    assert.deepEqual(loopsOf(body), ['orders.ts:8']);
  });

  it('are several where several call the method', () => {
    const body =
      'for (const item of items) await this.tax.rate(item);\nfor (const one of other) await this.tax.rate(one);';
    assert.deepEqual(loopsOf(body), ['orders.ts:7', 'orders.ts:8']);
  });

  it('are none of a call that runs once, or of a loop beside it', () => {
    assert.deepEqual(loopsOf('await this.tax.rate("a");'), []);
    assert.deepEqual(
      loopsOf('for (const item of items) log(item);\nawait this.tax.rate("a");'),
      [],
    );
    assert.deepEqual(loopsOf('for (const item of await this.tax.rate("a")) log(item);'), []);
  });
});

describe('the ways between methods', () => {
  const at = (line: number) => ({ path: '/ws/a.ts', line, column: 1 });

  it('end where they lead in a circle', () => {
    const loops = loopsOnWays([
      { from: 'a', to: 'b', loop: at(1) },
      { from: 'b', to: 'c', loop: undefined },
      { from: 'c', to: 'b', loop: undefined },
      { from: 'c', to: 'c', loop: at(2) },
    ]);
    const lines = (method: string) => loops.get(method)?.map(({ line }) => line);
    assert.deepEqual(lines('b'), [1, 2]);
    assert.deepEqual(lines('c'), [2, 1]);
    assert.equal(lines('a'), undefined);
  });

  it('name a few loops of a method that many run', () => {
    const ways = Array.from({ length: 50 }, (_, line) => ({
      from: `m${line}`,
      to: 'b',
      loop: at(line),
    }));
    assert.equal(loopsOnWays(ways).get('b')?.length, 3);
  });
});
