import { useState } from 'preact/hooks';
import { errorsText, spansText } from '../../src/core/base/countText.ts';
import { formatCount, formatDuration, formatExactDuration } from '../../src/core/base/format.ts';
import { message } from '../../src/core/base/message.ts';
import { filterTerm } from '../../src/core/trace/filter/filterTerm.ts';
import { mainRoot } from '../../src/core/trace/mainRoot.ts';
import { showsMatches, type ViewName } from '../../src/core/waterfall/viewNames.ts';
import { PercentileText } from './costs/percentile.tsx';
import { usePercentile } from './costs/usePercentile.ts';
import { IconButton } from './button.tsx';
import { Icon } from './icons.tsx';
import type { Host } from './host.ts';
import { GrowthFact } from './live/growthFact.tsx';
import type { WaterfallModel } from './model.ts';
import { servicesBySize, type PageTrace } from './openTrace.ts';
import { useStartText } from './startText.ts';
import { serviceName } from './traceText.ts';
import { ViewTabs } from './views/tabs.tsx';

/** Services named in the legend before the reader asks for the rest. */
const maxLegend = 8;

export interface SummaryProps {
  readonly model: WaterfallModel;
  readonly trace: PageTrace;
  readonly host: Host;
  readonly copy: (text: string) => void;
  readonly openView: (view: ViewName) => void;
}

/** What the trace is, and its services with their colors. */
export function Summary({ model, trace, host, copy, openView }: SummaryProps) {
  const { shape } = trace.opened;
  const root = mainRoot(shape.columns);
  const percentile = usePercentile(host, trace, root, shape.size > 0);
  const started = useStartText(shape);
  const name = shape.size > 0 ? trace.text.operation(root) : message('Empty trace');
  return (
    <header class="summary">
      <div class="summary-title">
        <div class="summary-name">
          <h1 title={name}>{name}</h1>
          <span class="summary-duration" title={formatExactDuration(shape.duration)}>
            {formatDuration(shape.duration)}
          </span>
          {percentile && <PercentileText percentile={percentile} />}
        </div>
        <ViewTabs model={model} open={openView} />
      </div>
      <div class="summary-more">
        <div class="summary-facts">
          <span class="fact">{spansText(shape.size)}</span>
          <GrowthFact growth={model.growth} follow={() => void host.call('follow', {})} />
          {trace.errorCount > 0 && (
            <button
              type="button"
              class="fact fact-errors"
              title={message('Show errors (x: next, X: previous)')}
              onClick={() => turnFilter(model, 'error')}
            >
              <Icon name="error" />
              {errorsText(trace.errorCount)}
            </button>
          )}
          <span class="fact">{message('depth {0}', formatCount(trace.maxDepth + 1))}</span>
          <span class="fact">{started}</span>
          <span class="fact fact-id">
            <code>{shape.traceId}</code>
            <IconButton
              icon="copy"
              label={message('Copy trace ID')}
              onClick={() => copy(shape.traceId)}
            />
          </span>
        </div>
        <Legend model={model} trace={trace} />
      </div>
    </header>
  );
}

/** Looks for this, where matches are shown, or no longer. */
function turnFilter(model: WaterfallModel, filter: string): void {
  const isOn = model.filter === filter;
  if (!isOn && !showsMatches(model.view)) model.setView('waterfall');
  model.setFilter(isOn ? '' : filter);
}

function Legend({ model, trace }: Pick<SummaryProps, 'model' | 'trace'>) {
  const [all, setAll] = useState(false);
  const { services } = trace.opened.shape;
  const bySize = servicesBySize(trace);
  const rest = all ? 0 : services.length - maxLegend;
  return (
    <div class="legend">
      {bySize.slice(0, all ? services.length : maxLegend).map((index) => {
        const name = serviceName(services[index] ?? '');
        const filter = filterTerm('service', services[index] ?? '');
        return (
          <button
            key={index}
            type="button"
            class="legend-service"
            aria-pressed={model.filter === filter}
            title={message('Filter by {0}', name)}
            onClick={() => turnFilter(model, filter)}
          >
            <span class={`swatch service-${trace.colors[index] ?? 0}`} />
            <span class="legend-name">{name}</span>
            <span class="legend-size">{formatCount(trace.serviceSizes[index] ?? 0)}</span>
          </button>
        );
      })}
      {rest > 0 && (
        <button type="button" class="link" onClick={() => setAll(true)}>
          {rest === 1 ? message('+1 service') : message('+{0} services', formatCount(rest))}
        </button>
      )}
    </div>
  );
}
