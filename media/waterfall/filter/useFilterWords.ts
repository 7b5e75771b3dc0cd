import { useEffect, useMemo, useState } from 'preact/hooks';
import {
  namesOfTrace,
  type AttributeSummary,
  type FilterWords,
} from '../../../src/core/trace/filter/completion/filterWords.ts';
import type { Host } from '../host.ts';
import type { PageTrace } from '../openTrace.ts';

interface Asked {
  readonly trace: PageTrace;
  readonly attributes: readonly AttributeSummary[];
}

/**
 * What can be typed into the filter, once it is wanted: names are counted here, attributes are asked for, both once a
 * trace. Until those have come, or where they can't be had, there are the names alone.
 */
export function useFilterWords(
  host: Host,
  trace: PageTrace | undefined,
  isWanted: boolean,
): FilterWords | undefined {
  const [asked, setAsked] = useState<Asked>();
  const isAsked = asked !== undefined && asked.trace === trace;
  useEffect(() => {
    if (!trace || !isWanted || isAsked) return undefined;
    const asking = new AbortController();
    host.call('attributesOfTrace', {}, asking.signal).then(
      (attributes) => setAsked({ trace, attributes }),
      () => undefined, // the filter itself says why, should it ask for one
    );
    return () => asking.abort();
  }, [host, trace, isWanted, isAsked]);
  const names = useMemo(
    () => (trace && isWanted ? namesOfTrace(trace.opened.shape, trace.opened.places) : undefined),
    [trace, isWanted],
  );
  return useMemo(
    () => names && { ...names, attributes: isAsked ? asked.attributes : undefined },
    [names, isAsked, asked],
  );
}
