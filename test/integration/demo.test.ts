import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { startDemo } from '../support/runningScript.ts';
import { ordersController, shopLine } from './stage.ts';

const folder = resolve(import.meta.dirname, '../../out/demo');

interface Endpoints {
  readonly endpoints: readonly {
    readonly endpoint: string;
    readonly handler: string;
    readonly file: string;
    readonly line: number;
  }[];
}
interface Traces {
  readonly traces: readonly { readonly spans: readonly { readonly operation: string }[] }[];
}

const written = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(join(folder, name), 'utf8'));

describe('`npm run demo -- --once`', () => {
  it('names the slow DELETE’s handler, file and line first, and ends by itself', async function () {
    this.timeout(240_000);
    const demo = startDemo('--once');
    assert.equal(await demo.ended, 0, demo.output());
    const slow = {
      endpoint: 'DELETE /api/v1/orders/:id',
      handler: 'OrdersController.remove',
      file: ordersController,
      line: shopLine(ordersController, 'async remove('),
    };
    const [first = ''] = /(?<=^ +p50 .*\n).+/m.exec(demo.output()) ?? [];
    for (const text of [slow.endpoint, slow.handler, `${slow.file}:${String(slow.line)}`])
      assert.ok(first.includes(text), `${text} in the first row of\n${demo.output()}`);
    const { endpoints } = (await written('endpoints.json')) as Endpoints;
    assert.partialDeepStrictEqual(endpoints[0], slow);
    const { traces } = (await written('trace.json')) as Traces;
    assert.equal(traces[0]?.spans[0]?.operation, slow.endpoint);
    assert.match(demo.output(), /prisma orderItem\.delete .+ apps\/shop-api\/\S+\.ts:\d+$/m);
  });
});
