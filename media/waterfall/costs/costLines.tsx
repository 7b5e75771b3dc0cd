import { useRef, useState } from 'preact/hooks';
import { message } from '../../../src/core/base/message.ts';
import type { SpanRow } from '../../../src/core/base/units.ts';
import type { ShownCost, ShownCosts } from '../../../src/protocol/traceCosts.ts';
import { operationName } from '../traceText.ts';
import { isSame, type Marking } from './marking.ts';

interface LineActions {
  readonly openCode: (row: SpanRow) => void;
  readonly openLoop: (row: SpanRow) => void;
}

/** Deeper lines have no more air before them. */
const mostIndent = 8;

/** The places that the time went to. One is a stop of Tab; arrows, Home and End go to the others. */
export function CostLines({
  costs: { lines, dominant },
  marked,
  mark,
  ...actions
}: Marking & LineActions & { readonly costs: ShownCosts }) {
  const list = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState(0);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = lineAfter(event.key, current, lines.length);
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setCurrent(to);
    list.current?.querySelectorAll<HTMLElement>('.cost-main')[to]?.focus();
  };
  return (
    <ul class="cost-lines" ref={list} aria-label={message('By line')} onKeyDown={onKeyDown}>
      {lines.map((line, index) => (
        <li
          key={line.row}
          class={line.row === dominant ? 'cost dominant' : 'cost'}
          style={{ paddingInlineStart: `${Math.min(line.depth, mostIndent) * 10}px` }}
          onFocusIn={() => setCurrent(index)}
        >
          <CostLine
            line={line}
            isStop={index === Math.min(current, lines.length - 1)}
            isMarked={isSame(marked, { row: line.row })}
            mark={() => mark({ row: line.row })}
            {...actions}
          />
        </li>
      ))}
    </ul>
  );
}

interface CostLineProps extends LineActions {
  readonly line: ShownCost;
  readonly isStop: boolean;
  readonly isMarked: boolean;
  readonly mark: () => void;
}

function CostLine({ line, isStop, isMarked, mark, openCode, openLoop }: CostLineProps) {
  const { row, share, percent, name, time, place, loop, isSureLoop, kind, details } = line;
  const tabIndex = isStop ? 0 : -1;
  return (
    <>
      <button
        type="button"
        class="cost-main"
        tabIndex={tabIndex}
        title={[name, ...details].join('\n')}
        aria-pressed={isMarked}
        onClick={mark}
        onDblClick={() => openCode(row)}
      >
        <span class="cost-share">{percent}</span>
        <span class="cost-name">{operationName(name)}</span>
        <span class="cost-time">{time}</span>
        <span class="cost-track" aria-hidden="true">
          <span class={`kind-${kind}`} style={{ width: `${share * 100}%` }} />
        </span>
      </button>
      {place + loop !== '' && (
        <div class="cost-code">
          {place !== '' && (
            <button type="button" class="link" tabIndex={tabIndex} onClick={() => openCode(row)}>
              {place}
            </button>
          )}
          {isSureLoop ? (
            <button type="button" class="link" tabIndex={tabIndex} onClick={() => openLoop(row)}>
              {loop}
            </button>
          ) : (
            <span>{loop}</span>
          )}
        </div>
      )}
    </>
  );
}

function lineAfter(key: string, current: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, current + 1);
    case 'ArrowUp':
      return Math.max(0, current - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
