import { openJaegerSource } from '../../src/sources/jaeger/jaegerSource.ts';
import { startJaeger } from '../support/backends/jaeger.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { describeTraceSource } from '../support/sourceContract.ts';
import { silentLog } from '../support/silentLog.ts';
import { systemClock } from '../../src/engine/systemClock.ts';

for (const basePath of ['', '/tracing/ui'])
  describeTraceSource(`Jaeger 1.67${basePath === '' ? '' : ` below ${basePath}`}`, async () => {
    const jaeger = await startJaeger({ basePath });
    return {
      source: openJaegerSource({
        url: jaeger.url,
        headers: {},
        timeoutMs: 10_000,
        maxBytes: 50_000_000,
        sampleSize: 5_000,
        clock: systemClock,
        log: silentLog,
      }),
      send: (spans) => sendOtlp(jaeger.otlp, spans),
      close: () => jaeger.stop(),
    };
  });
