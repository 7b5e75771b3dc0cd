import { formatExactDuration } from '../../../src/core/base/format.ts';
import { plainMark } from '../../../src/core/base/markedText.ts';
import { message } from '../../../src/core/base/message.ts';
import { elapsed, later, microseconds, type SpanRow } from '../../../src/core/base/units.ts';
import type { Attributes } from '../../../src/core/trace/rawSpan.ts';
import { attributeLines } from '../../../src/core/waterfall/details/attributeText.ts';
import type { SpanDetail } from '../../../src/protocol/waterfall.ts';
import { Icon } from '../icons.tsx';
import type { PageTrace } from '../openTrace.ts';
import { oneLine } from '../traceText.ts';
import { AttributeTable } from './attributeTable.tsx';
import { LinkedFrom, Links } from './links.tsx';
import { Section } from './section.tsx';
import type { DetailTools } from './tools.ts';
import { CopyButton, Value } from './value.tsx';

export interface CarriedProps {
  readonly trace: PageTrace;
  readonly detail: SpanDetail;
  readonly tools: DetailTools;
}

/** What the span carries; parts without content are left out, but for the attributes. */
export function Carried(props: CarriedProps) {
  const { detail, tools } = props;
  const { attributes, resource } = detail;
  return (
    <>
      <Warnings warnings={detail.warnings} tools={tools} />
      <Section
        id="attributes"
        title={message('Attributes')}
        count={attributes.length}
        {...copyingOf(attributes, message('all attributes'), tools)}
      >
        {attributes.length === 0 ? (
          <p class="nothing">{message('No attributes.')}</p>
        ) : (
          <AttributeTable
            attributes={attributes}
            label={message('Attributes')}
            tools={tools}
            ofSpan
          />
        )}
      </Section>
      <Events {...props} />
      <Links {...props} />
      <LinkedFrom {...props} />
      {resource.length > 0 && (
        <Section
          id="resource"
          title={message('Resource')}
          count={resource.length}
          open={false}
          {...copyingOf(resource, message('all resource attributes'), tools)}
        >
          <AttributeTable attributes={resource} label={message('Resource')} tools={tools} />
        </Section>
      )}
    </>
  );
}

const copyingOf = (attributes: Attributes, name: string, { copy }: DetailTools) =>
  attributes.length > 1 && {
    copying: { name, onCopy: () => copy(attributeLines(attributes)) },
  };

function Warnings({
  warnings,
  tools,
}: {
  readonly warnings: readonly string[];
  readonly tools: DetailTools;
}) {
  if (warnings.length === 0) return null;
  return (
    <Section id="warnings" title={message('Warnings')} count={warnings.length}>
      <ul class="warnings">
        {warnings.map((warning, index) => (
          <li key={index}>
            <Icon name="warning" />
            <div>
              <Value marked={plainMark(warning)} name={message('warning')} />
            </div>
            <CopyButton name={message('warning')} onCopy={() => tools.copy(warning)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Events({ trace, detail: { events, row }, tools }: CarriedProps) {
  if (events.length === 0) return null;
  const start = spanStart(trace, row);
  const copyAll = () =>
    tools.copy(
      events
        .map(({ name, time, attributes }) => [
          `${formatExactDuration(elapsed(start, time))} ${name}`,
          ...(attributes.length > 0 ? [attributeLines(attributes)] : []),
        ])
        .flat()
        .join('\n'),
    );
  return (
    <Section
      id="events"
      title={message('Events')}
      count={events.length}
      copying={{ name: message('all events'), onCopy: copyAll }}
    >
      {events.map(({ name, time, attributes }, index) => (
        <div key={index} class="event">
          <div class="event-head">
            <span class="event-time">{formatExactDuration(elapsed(start, time))}</span>
            <span class="event-name">{oneLine(name)}</span>
          </div>
          {attributes.length > 0 && (
            <AttributeTable
              attributes={attributes}
              label={message('Attributes of {0}', oneLine(name))}
              tools={tools}
            />
          )}
        </div>
      ))}
    </Section>
  );
}

const spanStart = ({ opened: { shape } }: PageTrace, row: SpanRow) =>
  later(shape.start, microseconds(shape.columns.start[row] ?? 0));
