import type { RefObject } from 'preact';
import { message } from '../../../../src/core/base/message.ts';
import type { Host } from '../../host.ts';
import type { WaterfallModel } from '../../model.ts';
import type { PageTrace } from '../../openTrace.ts';
import { oneLine } from '../../traceText.ts';
import { Comparison } from './comparison.tsx';
import { useComparison } from './useComparison.ts';

export interface CompareProps {
  readonly model: WaterfallModel;
  readonly trace: PageTrace;
  readonly host: Host;
  readonly element: RefObject<HTMLDivElement | null>;
  /** Asks the user for the other trace. */
  readonly choose: () => void;
}

/** The trace beside another one; before there is one, the way to it. */
export function Compare({ model, trace, host, element, choose }: CompareProps) {
  const { comparison, failure, isWaiting } = useComparison(host, model, trace);
  if (comparison)
    return (
      <Comparison
        model={model}
        trace={trace}
        host={host}
        comparison={comparison}
        element={element}
        choose={choose}
      />
    );
  if (isWaiting)
    return (
      <div class="view-box compare-empty" role="status">
        <p>{message('Comparing…')}</p>
      </div>
    );
  return (
    <div class="view-box compare-empty" role={failure === '' ? undefined : 'alert'}>
      <h2>
        {failure === ''
          ? message('Compare this trace with another one')
          : message("Can't compare the traces")}
      </h2>
      <p>
        {failure === ''
          ? message('See which calls one of them makes more often, and which take longer.')
          : oneLine(failure)}
      </p>
      <button type="button" class="button" onClick={choose}>
        {message('Choose a Trace…')}
      </button>
    </div>
  );
}
