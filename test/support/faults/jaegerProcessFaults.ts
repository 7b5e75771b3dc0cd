import { longResponse, type JaegerRelease } from './jaegerStage.ts';
import { onJaeger } from './onJaeger.ts';
import type { Fault } from './fault.ts';

const brokenOff =
  /^http:\/\/127\.0\.0\.1:\d+ closed the connection before the response was complete/;
const refused =
  /^Connection to http:\/\/127\.0\.0\.1:\d+ refused\. Start Jaeger, or check the URL\.$/;

/** What befalls a Jaeger's own process, and the engine that reads it. */
export const jaegerProcessFaults = (release: JaegerRelease): readonly Fault[] =>
  faults.map((fault) => fault(release));

const faults = [
  onJaeger({
    title: 'not running, started later',
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
    title: 'killed in the middle of a response, started later',
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
    title: 'stopped (SIGSTOP) in the middle of a response, continued later',
    says: /didn't respond within [\d.]+ s\. Check Jaeger/,
    bytes: longResponse,
    begin: async ({ jaeger, relay }) => {
      await relay.holdAfter(longResponse / 10);
      jaeger.signal('SIGSTOP');
      relay.release();
    },
    end: ({ jaeger }) => {
      jaeger.signal('SIGCONT');
    },
  }),
  onJaeger({
    title: "Spanhop's own engine ends in the middle of a response",
    says: /^The Spanhop engine stopped and is restarting\./,
    bytes: longResponse,
    begin: async ({ relay }, screen) => {
      await relay.holdAfter(longResponse / 10);
      await screen.killThread('spanhop-engine');
      relay.release();
    },
    end: () => undefined,
  }),
];
