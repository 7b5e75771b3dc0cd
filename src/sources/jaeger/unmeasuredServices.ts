import type { TimeWindow } from '../../core/base/timeWindow.ts';
import type { JaegerApi } from './api.ts';
import { askEach } from './askEach.ts';

/** Services of which it is found out in one refresh. */
const mostAsked = 5;

/** Those of `services`, of which metrics say nothing, that have traces in the window all the same. */
export async function unmeasuredServices(
  api: JaegerApi,
  services: readonly string[],
  window: TimeWindow,
  isLate: () => boolean,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const unmeasured: string[] = [];
  await askEach(services.slice(0, mostAsked), isLate, signal, async (service, each) => {
    const any = { operation: undefined, minDuration: undefined, errorsOnly: false };
    const { traces } = await api.traces({ ...any, service, window, limit: 1 }, each);
    if (traces.length > 0) unmeasured.push(service);
  });
  return unmeasured.sort();
}
