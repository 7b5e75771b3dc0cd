import { useEffect, useState } from 'preact/hooks';
import { errorText } from '../../../src/core/base/errorText.ts';
import { isAbort } from '../../../src/core/base/sourceError.ts';
import type { ShownCosts } from '../../../src/protocol/traceCosts.ts';
import type { Host } from '../host.ts';
import type { PageTrace } from '../openTrace.ts';

/** Where the time of a trace went: on its way, here, or why not. */
export interface CostsState {
  /** Whose rows the costs name: while those of a trace that has grown are on their way, the one before. */
  readonly of: PageTrace | undefined;
  /** Undefined: on its way. */
  readonly costs: ShownCosts | undefined;
  readonly failure: string;
}

const waiting: CostsState = { of: undefined, costs: undefined, failure: '' };
const none: ShownCosts = { kinds: [], lines: [], dominant: undefined };

/** Asks for the costs of a trace once they are wanted, and again when it was read or mapped again. */
export function useTraceCosts(host: Host, trace: PageTrace, wanted: boolean): CostsState {
  const [answer, setAnswer] = useState(waiting);
  const isKnown = answer.of === trace;
  useEffect(() => {
    if (!wanted || isKnown) return undefined;
    const asking = new AbortController();
    host.call('traceCosts', {}, asking.signal).then(
      ({ costs }) => setAnswer({ of: trace, costs: costs ?? none, failure: '' }),
      (error: unknown) => {
        if (isAbort(error)) return;
        setAnswer({ of: trace, costs: none, failure: errorText(error) });
      },
    );
    return () => asking.abort();
  }, [host, trace, wanted, isKnown]);
  return answer;
}
