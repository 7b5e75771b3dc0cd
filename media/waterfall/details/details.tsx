import { formatExactDuration } from '../../../src/core/base/format.ts';
import { message } from '../../../src/core/base/message.ts';
import { elapsed, later, microseconds, type SpanRow } from '../../../src/core/base/units.ts';
import { shortened, visibleText } from '../../../src/core/base/visibleText.ts';
import { criticalTimeText } from '../../../src/core/waterfall/criticalTimeText.ts';
import { isError } from '../../../src/core/waterfall/describeRow.ts';
import { spanKinds } from '../../../src/core/trace/trace.ts';
import type { SpanDetail } from '../../../src/protocol/waterfall.ts';
import { IconButton } from '../button.tsx';
import { Icon } from '../icons.tsx';
import { colorOf, type PageTrace } from '../openTrace.ts';
import { oneLine } from '../traceText.ts';
import { Location } from './location.tsx';
import { AttributeTable, Section } from './section.tsx';
import { Stacks } from './stacks.tsx';
import { Peers } from './peers.tsx';
import type { DetailState } from './useSpanDetail.ts';
import { CopyButton, Value } from './value.tsx';

export interface DetailsProps {
  readonly trace: PageTrace;
  readonly state: DetailState;
  readonly openCode: (row: SpanRow, alternative?: number) => void;
  readonly openFrame: (row: SpanRow, stack: number, frame: number) => void;
  readonly openPeer: (row: SpanRow, peer: number) => void;
  /** Goes to another row of the trace. */
  readonly select: (row: SpanRow) => void;
  readonly openLink: (row: SpanRow, link: number) => void;
  readonly copy: (text: string) => void;
  readonly close: () => void;
}

/** The side that tells all about one span. */
export function Details(props: DetailsProps) {
  const { row } = props.state;
  return (
    <aside class="details" aria-label={message('Span details')}>
      {row === undefined ? (
        <div class="details-empty">
          <Icon name="details" />
          <p>{message('Select a span to see its code and attributes.')}</p>
          <p>{message('Press Enter or double-click to open its line.')}</p>
        </div>
      ) : (
        <SpanDetails {...props} row={row} />
      )}
    </aside>
  );
}

function SpanDetails({
  trace,
  state,
  row,
  copy,
  close,
  ...actions
}: DetailsProps & { row: SpanRow }) {
  const { detail, failure } = state;
  return (
    <>
      <div class="details-head">
        <span class={`swatch service-${colorOf(trace, row)}`} />
        <h2 tabIndex={-1}>{trace.text.operation(row)}</h2>
        <IconButton icon="close" label={message('Close details')} onClick={close} />
      </div>
      <div class="details-body" role="region" tabIndex={0} aria-label={message('Span details')}>
        {failure !== '' && <p class="details-failure">{oneLine(failure)}</p>}
        {detail && (
          <Location
            detail={detail}
            openCode={(alternative) => actions.openCode(row, alternative)}
          />
        )}
        {detail && detail.peers.length > 0 && (
          <Peers
            peers={detail.peers}
            openPeer={(peer) => actions.openPeer(row, peer)}
            showSpan={(peer) => {
              if (peer.row !== undefined) actions.select(peer.row);
              else if (peer.link !== undefined) actions.openLink(row, peer.link);
            }}
          />
        )}
        <Facts trace={trace} row={row} detail={detail} copy={copy} />
        {detail && detail.stacks.length > 0 && (
          <Stacks
            stacks={detail.stacks}
            said={detail.statusMessage}
            openFrame={(stack, frame) => actions.openFrame(row, stack, frame)}
          />
        )}
        {detail && (
          <Carried trace={trace} detail={detail} copy={copy} openLink={actions.openLink} />
        )}
        {!detail && failure === '' && <div class="details-loading">{message('Loading…')}</div>}
      </div>
    </>
  );
}

interface FactsProps {
  readonly trace: PageTrace;
  readonly row: SpanRow;
  readonly detail: SpanDetail | undefined;
  readonly copy: (text: string) => void;
}

function Facts({ trace, row, detail, copy }: FactsProps) {
  const { shape } = trace.opened;
  const { columns } = shape;
  const time = (value: number | undefined) => formatExactDuration(microseconds(value ?? 0));
  const facts: readonly (readonly [string, string])[] = [
    [message('Service'), trace.text.service(row)],
    [message('Duration'), time(columns.duration[row])],
    [message('Self time'), time(columns.selfTime[row])],
    [message('Starts at'), time(columns.start[row])],
    [message('Kind'), spanKinds[columns.kind[row] ?? 0] ?? ''],
    [message('Critical path'), criticalTimeText(columns, row)],
    ...(detail && detail.scope !== ''
      ? [[message('Instrumentation scope'), oneLine(detail.scope)] as const]
      : []),
  ];
  return (
    <>
      {isError(shape, row) && (
        <p class="details-error">
          <Icon name="error" />
          <span>
            {detail && detail.statusMessage !== ''
              ? visibleText(shortened(detail.statusMessage, 1_000))
              : message('This span ended with an error.')}
          </span>
        </p>
      )}
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {detail && (
          <div>
            <dt>{message('Span ID')}</dt>
            <dd>
              <code>{detail.spanId}</code>
              <CopyButton name={message('span ID')} onCopy={() => copy(detail.spanId)} />
            </dd>
          </div>
        )}
      </dl>
    </>
  );
}

interface CarriedProps {
  readonly trace: PageTrace;
  readonly detail: SpanDetail;
  readonly copy: (text: string) => void;
  readonly openLink: (row: SpanRow, link: number) => void;
}

/** What the span carries; parts without content are left out, but for the attributes. */
function Carried({ trace, detail, copy, openLink }: CarriedProps) {
  const { attributes, events, links, resource, warnings, row } = detail;
  return (
    <>
      {warnings.length > 0 && (
        <Section title={message('Warnings')} count={warnings.length}>
          <ul class="warnings">
            {warnings.map((warning, index) => (
              <li key={index}>
                <Icon name="warning" />
                <Value text={warning} name={message('warning')} copy={copy} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={message('Attributes')} count={attributes.length}>
        {attributes.length === 0 ? (
          <p class="nothing">{message('No attributes.')}</p>
        ) : (
          <AttributeTable attributes={attributes} label={message('Attributes')} copy={copy} />
        )}
      </Section>
      {events.length > 0 && (
        <Section title={message('Events')} count={events.length}>
          {events.map((event, index) => (
            <div key={index} class="event">
              <div class="event-head">
                <span class="event-time">
                  {formatExactDuration(elapsed(spanStart(trace, row), event.time))}
                </span>
                <span class="event-name">{oneLine(event.name)}</span>
              </div>
              {event.attributes.length > 0 && (
                <AttributeTable
                  attributes={event.attributes}
                  label={message('Attributes of {0}', oneLine(event.name))}
                  copy={copy}
                />
              )}
            </div>
          ))}
        </Section>
      )}
      {links.length > 0 && (
        <Section title={message('Links')} count={links.length}>
          {links.map((link, index) => (
            <div key={index} class="span-link">
              <button type="button" class="link" onClick={() => openLink(row, index)}>
                <Icon name="link" />
                <code>{oneLine(link.traceId)}</code>
              </button>
              <CopyButton name={message('trace ID')} onCopy={() => copy(link.traceId)} />
              {link.attributes.length > 0 && (
                <AttributeTable
                  attributes={link.attributes}
                  label={message('Link attributes')}
                  copy={copy}
                />
              )}
            </div>
          ))}
        </Section>
      )}
      {resource.length > 0 && (
        <Section title={message('Resource')} count={resource.length} open={false}>
          <AttributeTable attributes={resource} label={message('Resource')} copy={copy} />
        </Section>
      )}
    </>
  );
}

const spanStart = ({ opened: { shape } }: PageTrace, row: SpanRow) =>
  later(shape.start, microseconds(shape.columns.start[row] ?? 0));
