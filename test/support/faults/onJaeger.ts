import type { RequestListener } from 'node:http';
import { jaegerSettings } from '../../../src/sources/jaeger/settings.ts';
import type { SourceSettings } from '../../../src/sources/registry.ts';
import { startTestServer } from '../testServer.ts';
import type { Fault, FaultStage, FaultTimes } from './fault.ts';
import { stageJaeger, type JaegerRelease, type JaegerStage } from './jaegerStage.ts';
import type { Screen } from './screen.ts';

export type JaegerFault = (release: JaegerRelease) => Fault;

/** What happens between a window and a Jaeger behind a relay. */
export interface OnJaeger<Place extends JaegerStage = JaegerStage> extends Omit<Fault, 'stage'> {
  /** Of the spans that Jaeger has, about. */
  readonly bytes?: number;
  readonly begin: (stage: Place, screen: Screen) => Promise<void> | void;
  readonly end: (stage: Place, screen: Screen) => Promise<void> | void;
}

/** A fault of a Jaeger whose address stays the same: the relay's. */
export const onJaeger = (fault: OnJaeger): JaegerFault =>
  onPlace(fault, (stage) =>
    Promise.resolve({ ...stage, settings: () => jaegerAt(stage.url, stage.times) }),
  );

/** A fault of more than a Jaeger and a relay: `add` says what is added, and what the window's settings are. */
export const onPlace =
  <Place extends JaegerStage & Pick<FaultStage, 'settings'>>(
    { begin, end, bytes = 0, ...fault }: OnJaeger<Place>,
    add: (stage: JaegerStage) => Promise<Place>,
  ): JaegerFault =>
  (release) => ({
    ...fault,
    stage: async (times): Promise<FaultStage> => {
      const place = await add(await stageJaeger(release, times, bytes));
      return {
        settings: () => place.settings(),
        begin: async (screen) => begin(place, screen),
        end: async (screen) => end(place, screen),
        close: () => place.close(),
      };
    },
  });

/** A Jaeger as settings name it that are left as they are. */
export const jaegerAt = (
  url: string,
  { timeoutMs }: FaultTimes,
  access: NonNullable<SourceSettings<'jaeger'>['access']> = {},
): SourceSettings<'jaeger'> => ({
  kind: 'jaeger',
  url,
  headers: {},
  timeoutMs,
  maxBytes: jaegerSettings['spanhop.jaeger.maxResponseMegabytes'].default * 1_000_000,
  sampleSize: jaegerSettings['spanhop.jaeger.sampleSize'].default,
  access,
});

/** A small server answers in Jaeger's place, to whatever is asked. */
export function answering(
  title: string,
  says: RegExp,
  answer: RequestListener,
  rest: Pick<Fault, 'knownWithinMs'> = {},
): JaegerFault {
  let close: (() => Promise<void>) | undefined;
  return onJaeger({
    title,
    says,
    ...rest,
    begin: async ({ relay }) => {
      const server = await startTestServer(answer);
      close = () => server.close();
      relay.to(Number(new URL(server.url).port));
    },
    end: async ({ relay, behind }) => {
      relay.to(behind);
      await close?.();
    },
  });
}
