import type { RefObject } from 'preact';
import { useMemo } from 'preact/hooks';
import { errorText } from '../../../../src/core/base/errorText.ts';
import { message } from '../../../../src/core/base/message.ts';
import { isAbort } from '../../../../src/core/base/sourceError.ts';
import {
  comparedMeasures,
  swappedCall,
  swappedLine,
} from '../../../../src/core/trace/compare/comparison.ts';
import { latinKey } from '../../../../src/core/waterfall/keys.ts';
import type { ComparisonPart, ShownComparison } from '../../../../src/protocol/traceComparison.ts';
import type { Host } from '../../host.ts';
import type { WaterfallModel } from '../../model.ts';
import type { PageTrace } from '../../openTrace.ts';
import { Choice } from '../choice.tsx';
import { Grid } from '../grid/grid.tsx';
import { keptState, withKnown } from '../keptState.ts';
import { onViewKey } from '../viewKeys.ts';
import { ComparisonHead } from './comparisonHead.tsx';
import {
  isSamePair,
  keptComparison,
  linesToShow,
  openingSettings,
  settingsOf,
  type CompareSettings,
} from './comparisonLines.ts';
import { compareColumns, measureLabel } from './comparisonTexts.ts';

interface ComparisonProps {
  readonly model: WaterfallModel;
  readonly trace: PageTrace;
  readonly host: Host;
  readonly comparison: ShownComparison;
  readonly element: RefObject<HTMLDivElement | null>;
  readonly choose: () => void;
}

const useSettings = keptState<CompareSettings | undefined>(
  () => undefined,
  (model, settings) => {
    if (settings) model.keepSettings(keptComparison.write(settings));
  },
);

/** What two traces call and how long it takes, beside one another. A line leads to its spans in the waterfall. */
export function Comparison({ model, trace, host, comparison, element, choose }: ComparisonProps) {
  const [kept, set] = useSettings(model);
  const isSwapped = kept !== undefined && isSamePair(kept.of, comparison) && kept.isSwapped;
  const sides = useMemo(() => sidesOf(comparison, isSwapped), [comparison, isSwapped]);
  const opening = useMemo(() => openingSettings(sides), [sides]);
  const settingsFrom = (latest: CompareSettings | undefined) => {
    const first = { ...opening, of: comparison, isSwapped };
    return settingsOf(
      comparison,
      latest,
      withKnown(first, keptComparison.read(model.viewSettings)),
    );
  };
  const settings = settingsFrom(kept);
  const change = (part: Partial<CompareSettings>) =>
    set((latest) => ({ ...settingsFrom(latest), ...part }));
  const lines = linesToShow(sides, settings, trace);
  const { by, measure, sort, onlyDifferences, active } = settings;
  const activeIndex = lines.keys.indexOf(active ?? '');
  const told = (error: unknown) => {
    if (!isAbort(error)) model.notify(errorText(error));
  };
  const showSpans = (part: ComparisonPart | undefined) => {
    if (!part) return;
    host.call('comparedRows', part).then(({ rows, label }) => {
      if (rows.length === 0) {
        model.notify(
          message("This trace doesn't have this call. Open the other one to see its spans."),
        );
        return;
      }
      model.inOneStep(() => {
        model.setView('waterfall');
        model.mark(rows, label);
      });
    }, told);
  };
  const openCode = (part: ComparisonPart | undefined) => {
    if (!part) return;
    host
      .call('openComparedCode', part)
      .then(({ opened, reason }) => model.notify(opened ? '' : reason), told);
  };
  return (
    <div class="view-box comparison">
      <ComparisonHead
        comparison={sides}
        isSwapped={isSwapped}
        swap={() => change({ isSwapped: !isSwapped })}
        openOther={() => void host.call('openOther', {}).catch(told)}
        choose={choose}
      />
      <div class="view-bar">
        <Choice
          label={message('Compare by')}
          value={by}
          choices={['path', 'line']}
          labelOf={(value) => (value === 'path' ? message('Path') : message('Line'))}
          onChange={(value) => change({ by: value, active: undefined })}
        />
        {by === 'path' && (
          <Choice
            label={message('Time')}
            value={measure}
            choices={comparedMeasures}
            labelOf={measureLabel}
            onChange={(value) => change({ measure: value })}
          />
        )}
        <label class="choice">
          <input
            type="checkbox"
            checked={onlyDifferences}
            onChange={(event) => change({ onlyDifferences: event.currentTarget.checked })}
          />
          <span>{message('Only differences')}</span>
        </label>
        <span class="comparison-legend">
          <span class="difference-key slower" />
          {message('+ slower')}
          <span class="difference-key faster" />
          {message('- faster')}
        </span>
      </div>
      <Grid
        id="compare"
        label={message('Comparison')}
        columns={compareColumns(by, measure)}
        lines={lines}
        sort={sort}
        onSort={(next) => change({ sort: next })}
        active={activeIndex}
        onActive={(index) => change({ active: lines.keys[index] })}
        onOpen={(index) => showSpans(lines.partAt(index))}
        onLink={(index) => openCode(lines.partAt(index))}
        {...(by === 'path' && {
          onToggle: (index: number, isOpen: boolean) => {
            const key = lines.keys[index];
            if (key === undefined) return;
            const open = new Set(settings.open);
            if (isOpen) open.add(key);
            else open.delete(key);
            change({ open });
          },
        })}
        onOtherKey={(event) => {
          if (latinKey(event) === 'o' && !event.ctrlKey && !event.metaKey && !event.altKey)
            openCode(lines.partAt(activeIndex));
          else onViewKey(event, model);
        }}
        empty={message('No difference.')}
        element={element}
      />
    </div>
  );
}

const sidesOf = (comparison: ShownComparison, isSwapped: boolean): ShownComparison =>
  isSwapped
    ? {
        ...comparison,
        traces: [comparison.traces[1], comparison.traces[0]],
        calls: comparison.calls.map(swappedCall),
        lines: comparison.lines.map(swappedLine),
      }
    : comparison;
