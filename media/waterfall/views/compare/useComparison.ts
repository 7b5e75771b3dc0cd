import { useEffect } from 'preact/hooks';
import { errorText } from '../../../../src/core/base/errorText.ts';
import { isAbort } from '../../../../src/core/base/sourceError.ts';
import type { ShownComparison } from '../../../../src/protocol/traceComparison.ts';
import type { Host } from '../../host.ts';
import type { WaterfallModel } from '../../model.ts';
import type { PageTrace } from '../../openTrace.ts';
import { keptState } from '../keptState.ts';

/** A comparison: on its way, here, or why not. */
interface ComparisonState {
  /** Undefined: on its way, or no other trace was chosen. */
  readonly comparison: ShownComparison | undefined;
  readonly failure: string;
  readonly isWaiting: boolean;
}

interface Answer {
  readonly trace: PageTrace;
  /** Which choice of another trace it is about. */
  readonly choice: number;
  readonly state: ComparisonState;
}

const waiting: ComparisonState = { comparison: undefined, failure: '', isWaiting: true };
/** There again when the reader comes back from another view. */
const useAnswer = keptState<Answer | undefined>(() => undefined);

/** Asks for the comparison when it is first looked at, again for another trace, and when the trace was read or mapped again. */
export function useComparison(
  host: Host,
  model: WaterfallModel,
  trace: PageTrace,
): ComparisonState {
  const { comparisons: choice } = model;
  const [answer, setAnswer] = useAnswer(model);
  const isChoice = answer?.choice === choice;
  const isKnown = isChoice && answer.trace === trace;
  useEffect(() => {
    if (isKnown) return undefined;
    const asking = new AbortController();
    const tell = (state: Omit<ComparisonState, 'isWaiting'>) =>
      setAnswer(() => ({ trace, choice, state: { ...state, isWaiting: false } }));
    host.call('compare', { traceId: model.comparedWith }, asking.signal).then(
      ({ comparison }) => {
        if (comparison) model.comparedWith = comparison.traces[0].traceId;
        tell({ comparison, failure: '' });
      },
      (error: unknown) => {
        if (isAbort(error)) return;
        const failure = errorText(error);
        tell({ comparison: undefined, failure });
      },
    );
    return () => asking.abort();
  }, [host, model, trace, choice, isKnown]);
  return isChoice ? answer.state : waiting;
}
