import { useMemo, useState } from 'preact/hooks';
import { errorText } from '../../../src/core/base/errorText.ts';
import { message } from '../../../src/core/base/message.ts';
import { isAbort } from '../../../src/core/base/sourceError.ts';
import type { SpanRow } from '../../../src/core/base/units.ts';
import type { CostSelector, ShownCosts } from '../../../src/protocol/traceCosts.ts';
import type { Host } from '../host.ts';
import { Icon } from '../icons.tsx';
import type { WaterfallModel } from '../model.ts';
import type { PageTrace } from '../openTrace.ts';
import { oneLine } from '../traceText.ts';
import { CostLines } from './costLines.tsx';
import { KindShares } from './kindShares.tsx';
import { isSame, markedCost, markedIn, type MarkedCost } from './marking.ts';
import { useTraceCosts } from './useTraceCosts.ts';

export interface CostPanelProps {
  readonly model: WaterfallModel;
  readonly trace: PageTrace;
  readonly host: Host;
  readonly openCode: (row: SpanRow) => void;
}

/** Lower panels have no room for it beside a span's details. */
const leastHeight = 640;
/** Larger traces take the engine a while: they are explained when someone opens the panel. */
const mostSpans = 50_000;

/** Where the time of this trace went, by kind and by line; a click marks the spans. */
export function CostPanel({ model, trace, host, openCode }: CostPanelProps) {
  const { size } = trace.opened.shape;
  const hasRoom = useMemo(
    () => window.innerHeight >= leastHeight && size > 0 && size <= mostSpans,
    [trace],
  );
  const open = model.costsOpen ?? hasRoom;
  const [marked, setMarked] = useState<{ readonly cost: MarkedCost; readonly label: string }>();
  const { of: explained = trace, costs, failure } = useTraceCosts(host, trace, open);
  // Others may have been marked since, by the code or a lens.
  const isMarked = marked?.label === model.markLabel;
  const shownMark = isMarked && costs ? markedIn(marked.cost, costs, explained) : undefined;
  const told = (error: unknown) => {
    if (!isAbort(error)) model.notify(errorText(error));
  };
  const mark = (of: CostSelector) => {
    if (isSame(shownMark, of)) {
      model.setFilter('');
      setMarked(undefined);
      return;
    }
    host.call('costRows', of).then(({ rows, label }) => {
      model.mark(rows, label);
      setMarked({ cost: markedCost(of, explained), label });
    }, told);
  };
  const openLoop = (row: SpanRow) => {
    host.call('openLoop', { row }).then(({ reason }) => model.notify(reason), told);
  };
  const shown = { marked: shownMark, mark };
  return (
    <details
      class="costs"
      open={open}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open !== open) model.setCostsOpen(currentTarget.open);
      }}
    >
      <summary>
        <Icon name="chevron" />
        <span class="costs-title">{message('Where the time went')}</span>
        <span class="costs-most">{mostOf(costs)}</span>
      </summary>
      {failure !== '' && <p class="costs-none">{oneLine(failure)}</p>}
      {!costs && <p class="costs-none">{message('Loading…')}</p>}
      {costs && failure === '' && costs.kinds.length === 0 && (
        <p class="costs-none">{message('This trace took no time.')}</p>
      )}
      {costs && costs.kinds.length > 0 && (
        <>
          <KindShares kinds={costs.kinds} {...shown} />
          <CostLines costs={costs} {...shown} openCode={openCode} openLoop={openLoop} />
        </>
      )}
    </details>
  );
}

/** `76.7% 22 × GET tax/rates/*`: beside the title, also while the panel is closed. */
function mostOf(costs: ShownCosts | undefined): string {
  const most = costs?.lines.find(({ row }) => row === costs.dominant);
  return most === undefined ? '' : `${most.percent} ${most.name}`;
}
