import { describeExactUnits, spans } from '../integration/exactUnits.ts';
import { startJaeger, type RunningJaeger } from '../support/backends/jaeger.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { shopFolder } from '../support/shop.ts';

describe('the editor on Jaeger', () => {
  let jaeger: RunningJaeger;
  before(async function () {
    this.timeout(60_000);
    jaeger = await startJaeger();
    await sendOtlp(jaeger.otlp, spans);
  });
  after(() => jaeger.stop());

  describeExactUnits('Jaeger', async (opened) => {
    const settings = { 'spanhop.source': 'jaeger', 'spanhop.jaeger.url': jaeger.url };
    const server = await opened.server(settings);
    const window = await opened.window(server, await opened.browser(), shopFolder);
    return { server, window, flags: ['--jaeger', jaeger.url] };
  });
});
