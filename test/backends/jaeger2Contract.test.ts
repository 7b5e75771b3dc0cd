import { systemClock } from '../../src/engine/systemClock.ts';
import { openJaegerSource } from '../../src/sources/jaeger/jaegerSource.ts';
import { startJaeger2 } from '../support/backends/jaeger2.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { silentLog } from '../support/silentLog.ts';
import { describeTraceSource } from '../support/sourceContract.ts';
import { withoutJsonApi } from '../support/withoutJsonApi.ts';

const basePath = '/tracing/ui';

for (const api of ['its JSON API', 'API v3 alone'])
  describeTraceSource(`Jaeger 2 below ${basePath} by ${api}`, async () => {
    const jaeger = await startJaeger2({ basePath });
    const front = api === 'API v3 alone' ? await withoutJsonApi(jaeger.url) : undefined;
    return {
      source: openJaegerSource({
        url: front?.url ?? jaeger.url,
        headers: {},
        timeoutMs: 20_000,
        maxBytes: 50_000_000,
        sampleSize: 5_000,
        clock: systemClock,
        log: silentLog,
      }),
      send: (spans) => sendOtlp(jaeger.otlp, spans),
      close: async () => {
        await front?.close();
        await jaeger.stop();
      },
    };
  });
