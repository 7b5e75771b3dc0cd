import { formatExactDuration } from '../../../src/core/base/format.ts';
import { message } from '../../../src/core/base/message.ts';
import { microseconds, type SpanRow } from '../../../src/core/base/units.ts';
import { shortened, visibleText } from '../../../src/core/base/visibleText.ts';
import { criticalTimeText } from '../../../src/core/waterfall/criticalTimeText.ts';
import { isError } from '../../../src/core/waterfall/describeRow.ts';
import { spanKinds } from '../../../src/core/trace/trace.ts';
import type { ShownPercentile } from '../../../src/protocol/traceCosts.ts';
import type { SpanDetail } from '../../../src/protocol/waterfall.ts';
import { IconButton } from '../button.tsx';
import { Icon } from '../icons.tsx';
import { PercentileFact } from '../costs/percentile.tsx';
import { colorOf, type PageTrace } from '../openTrace.ts';
import { oneLine } from '../traceText.ts';
import { Location } from './location.tsx';
import { Carried } from './carried.tsx';
import { SpanMenu } from './spanMenu.tsx';
import { Stacks } from './stacks.tsx';
import { Peers } from './peers.tsx';
import type { DetailState } from './useSpanDetail.ts';
import type { DetailTools } from './tools.ts';
import { CopyButton } from './value.tsx';

export interface DetailsProps {
  readonly trace: PageTrace;
  readonly state: DetailState;
  readonly percentile: ShownPercentile | undefined;
  readonly openCode: (row: SpanRow, alternative?: number) => void;
  readonly openFrame: (row: SpanRow, stack: number, frame: number) => void;
  readonly openPeer: (row: SpanRow, peer: number) => void;
  /** Goes to another row of the trace. */
  readonly select: (row: SpanRow) => void;
  readonly openLink: (row: SpanRow, link: number) => void;
  readonly tools: DetailTools;
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
  percentile,
  row,
  tools,
  close,
  ...actions
}: DetailsProps & { row: SpanRow }) {
  const { detail, failure } = state;
  return (
    <>
      <div class="details-head">
        <span class={`swatch service-${colorOf(trace, row)}`} />
        <h2 tabIndex={-1} title={trace.text.operation(row)}>
          {trace.text.operation(row)}
        </h2>
        {detail && (
          <SpanMenu detail={detail} kind={trace.opened.shape.columns.kind[row]} tools={tools} />
        )}
        <IconButton icon="close" label={message('Close details')} onClick={close} />
      </div>
      <div
        key={row}
        class="details-body"
        role="region"
        tabIndex={0}
        aria-label={message('Span details')}
      >
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
        <Facts trace={trace} row={row} detail={detail} percentile={percentile} copy={tools.copy} />
        {detail && detail.stacks.length > 0 && (
          <Stacks
            stacks={detail.stacks}
            said={detail.statusMessage}
            openFrame={(stack, frame) => actions.openFrame(row, stack, frame)}
          />
        )}
        {detail && <Carried trace={trace} detail={detail} tools={tools} />}
        {!detail && failure === '' && <div class="details-loading">{message('Loading…')}</div>}
      </div>
    </>
  );
}

interface FactsProps {
  readonly trace: PageTrace;
  readonly row: SpanRow;
  readonly detail: SpanDetail | undefined;
  readonly percentile: ShownPercentile | undefined;
  readonly copy: (text: string) => void;
}

function Facts({ trace, row, detail, percentile, copy }: FactsProps) {
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
            <dd>
              <span class="fact-value" title={value}>
                {value}
              </span>
            </dd>
          </div>
        ))}
        {percentile && <PercentileFact percentile={percentile} />}
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
