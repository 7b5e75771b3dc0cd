import { epochMicroseconds, microseconds } from '../../core/base/units.ts';
import type { JaegerApi } from './api.ts';
import { isCantCombine } from './refusal.ts';

/**
 * Whether the store finds spans by several conditions at once. Cassandra's doesn't, and says so when asked for
 * durations and tags, before it reads anything; other stores are asked for one microsecond of 1970.
 */
export async function canCombine(
  api: JaegerApi,
  service: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await api.traces(
      {
        service,
        operation: undefined,
        attributes: [{ key: 'spanhop', value: 'none' }],
        minDuration: microseconds(2),
        errorsOnly: false,
        window: { start: epochMicroseconds(1), end: epochMicroseconds(2) },
        limit: 1,
      },
      signal,
    );
    return true;
  } catch (error) {
    if (isCantCombine(error)) return false;
    throw error;
  }
}
