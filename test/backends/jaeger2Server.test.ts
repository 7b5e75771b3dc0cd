import assert from 'node:assert/strict';

import { startJaeger2 } from '../support/backends/jaeger2.ts';
import type { RunningJaeger } from '../support/backends/jaeger.ts';
import { eventually } from '../support/eventually.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { makeSpan } from '../support/span.ts';

describe('Jaeger 2 below a base path', function () {
  this.timeout(60_000);
  let jaeger: RunningJaeger;
  before(async () => {
    jaeger = await startJaeger2({ basePath: '/tracing/ui' });
  });
  after(() => jaeger.stop());

  it('answers both APIs there about the spans it got', async () => {
    const start = Date.now() * 1_000;
    await sendOtlp(jaeger.otlp, [makeSpan({ id: '00000000000000a1', start, service: 'new-shop' })]);
    const ask = async (path: string) => (await fetch(`${jaeger.url}${path}`)).text();
    const services = await eventually(
      'the service',
      () => ask('/api/services'),
      (text) => text.includes('new-shop'),
    );
    assert.match(services, /^\{"data":\["new-shop"\]/);
    assert.equal(await ask('/api/v3/services'), '{"services":["new-shop"]}');
  });
});
