import { jaegerSettings } from '../../../src/sources/jaeger/settings.ts';
import type { SourceSettings } from '../../../src/sources/registry.ts';
import type { Fault, FaultStage, FaultTimes } from './fault.ts';
import { longResponse, stageJaeger, type JaegerRelease, type JaegerStage } from './jaegerStage.ts';
import type { Screen } from './screen.ts';

/** A Jaeger as the window's settings name it. */
const jaegerAt = (
  url: string,
  { timeoutMs }: FaultTimes,
  access: SourceSettings<'jaeger'>['access'] = {},
): SourceSettings<'jaeger'> => ({
  kind: 'jaeger',
  url,
  headers: {},
  timeoutMs,
  maxBytes: jaegerSettings['spanhop.jaeger.maxResponseMegabytes'].default * 1_000_000,
  sampleSize: jaegerSettings['spanhop.jaeger.sampleSize'].default,
  access,
});

interface OnJaeger extends Omit<Fault, 'stage'> {
  /** Of the spans that Jaeger has, about. */
  readonly bytes?: number;
  readonly begin: (stage: JaegerStage, screen: Screen) => Promise<void>;
  readonly end: (stage: JaegerStage, screen: Screen) => Promise<void>;
}

/** A fault of a Jaeger behind a relay, whose address stays the same. */
const onJaeger =
  ({ begin, end, bytes = 0, ...fault }: OnJaeger) =>
  (release: JaegerRelease): Fault => ({
    ...fault,
    stage: async (times): Promise<FaultStage> => {
      const stage = await stageJaeger(release, times, bytes);
      return {
        settings: () => jaegerAt(stage.url, times),
        begin: (screen) => begin(stage, screen),
        end: (screen) => end(stage, screen),
        close: () => stage.close(),
      };
    },
  });

const brokenOff =
  /^http:\/\/127\.0\.0\.1:\d+ closed the connection before the response was complete/;
const refused =
  /^Connection to http:\/\/127\.0\.0\.1:\d+ refused\. Start Jaeger, or check the URL\.$/;

/** What befalls a Jaeger's own process. */
export const jaegerProcessFaults = (release: JaegerRelease): readonly Fault[] =>
  [
    onJaeger({
      title: 'not running',
      says: refused,
      begin: async ({ jaeger, relay }) => {
        await relay.listen(false);
        await jaeger.stop();
      },
      end: async ({ relay, restart }) => {
        await restart();
        await relay.listen(true);
      },
    }),
    onJaeger({
      title: 'killed in the middle of a response',
      says: brokenOff,
      bytes: longResponse,
      begin: async ({ jaeger, relay }) => {
        await relay.holdAfter(longResponse / 10);
        jaeger.signal('SIGKILL');
        relay.release();
      },
      end: ({ restart }) => restart(),
    }),
    onJaeger({
      title: 'stopped (SIGSTOP) in the middle of a response',
      says: /didn't respond within [\d.]+ s\. Check Jaeger/,
      bytes: longResponse,
      begin: async ({ jaeger, relay }) => {
        await relay.holdAfter(longResponse / 10);
        jaeger.signal('SIGSTOP');
        relay.release();
      },
      end: ({ jaeger }) => {
        jaeger.signal('SIGCONT');
        return Promise.resolve();
      },
    }),
  ].map((fault) => fault(release));
