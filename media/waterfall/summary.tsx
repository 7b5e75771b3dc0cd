import { useState } from 'preact/hooks';
import { formatCount, formatDuration, formatExactDuration } from '../../src/core/base/format.ts';
import { message } from '../../src/core/base/message.ts';
import { spanRow, toMilliseconds } from '../../src/core/base/units.ts';
import { unquote } from '../../src/core/trace/filter/parseSpanFilter.ts';
import { IconButton } from './button.tsx';
import { Icon } from './icons.tsx';
import type { WaterfallModel } from './model.ts';
import type { PageTrace } from './openTrace.ts';
import { serviceName } from './traceText.ts';

/** Services named in the legend before the reader asks for the rest. */
const maxLegend = 8;

export interface SummaryProps {
  readonly model: WaterfallModel;
  readonly trace: PageTrace;
  readonly copy: (text: string) => void;
}

/** What the trace is, and its services with their colors. */
export function Summary({ model, trace, copy }: SummaryProps) {
  const { shape } = trace.opened;
  const root = spanRow(0);
  const started = new Date(toMilliseconds(shape.start));
  return (
    <header class="summary">
      <div class="summary-title">
        <h1>{shape.size > 0 ? trace.text.operation(root) : message('Empty trace')}</h1>
        <span class="summary-duration" title={formatExactDuration(shape.duration)}>
          {formatDuration(shape.duration)}
        </span>
      </div>
      <div class="summary-facts">
        <span class="fact">{startText(started)}</span>
        <span class="fact">
          {shape.size === 1 ? message('1 span') : message('{0} spans', formatCount(shape.size))}
        </span>
        {trace.errorCount > 0 && (
          <button
            type="button"
            class="fact fact-errors"
            title={message('Show errors')}
            onClick={() => model.setFilter(model.filter === 'error' ? '' : 'error')}
          >
            <Icon name="error" />
            {trace.errorCount === 1
              ? message('1 error')
              : message('{0} errors', formatCount(trace.errorCount))}
          </button>
        )}
        <span class="fact">{message('depth {0}', formatCount(trace.maxDepth + 1))}</span>
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
    </header>
  );
}

function Legend({ model, trace }: Omit<SummaryProps, 'copy'>) {
  const [all, setAll] = useState(false);
  const { services } = trace.opened.shape;
  const bySize = services.map((_, index) => index);
  bySize.sort((a, b) => (trace.serviceSizes[b] ?? 0) - (trace.serviceSizes[a] ?? 0));
  const rest = all ? 0 : services.length - maxLegend;
  return (
    <div class="legend">
      {bySize.slice(0, all ? services.length : maxLegend).map((index) => {
        const name = serviceName(services[index] ?? '');
        const filter = `service:="${unquote(services[index] ?? '')}"`;
        return (
          <button
            key={index}
            type="button"
            class="legend-service"
            aria-pressed={model.filter === filter}
            title={message('Filter by {0}', name)}
            onClick={() => model.setFilter(model.filter === filter ? '' : filter)}
          >
            <span class={`swatch service-${trace.colors[index] ?? 0}`} />
            <span class="legend-name">{name}</span>
            <span class="legend-size">{formatCount(trace.serviceSizes[index] ?? 0)}</span>
          </button>
        );
      })}
      {rest > 0 && (
        <button type="button" class="link" onClick={() => setAll(true)}>
          {message('+{0} services', formatCount(rest))}
        </button>
      )}
    </div>
  );
}

function startText(started: Date): string {
  if (Number.isNaN(started.getTime())) return message('unknown start');
  const language = document.documentElement.lang;
  return started.toLocaleString(language === '' ? undefined : language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
  });
}
