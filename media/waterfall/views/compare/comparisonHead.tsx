import { spansText } from '../../../../src/core/base/countText.ts';
import {
  formatCount,
  formatDuration,
  formatExactDuration,
} from '../../../../src/core/base/format.ts';
import { message } from '../../../../src/core/base/message.ts';
import { toMilliseconds } from '../../../../src/core/base/units.ts';
import type { ComparedTrace } from '../../../../src/core/trace/compare/comparedTrace.ts';
import { differenceSentence } from '../../../../src/core/trace/compare/differenceText.ts';
import type { ShownComparison } from '../../../../src/protocol/traceComparison.ts';
import { IconButton } from '../../button.tsx';
import { Icon } from '../../icons.tsx';
import { startText } from '../../startText.ts';
import { oneLine, operationName } from '../../traceText.ts';
import { durationsOf } from './comparisonLines.ts';

interface ComparisonHeadProps {
  /** In the order in which they are shown. */
  readonly comparison: ShownComparison;
  readonly isSwapped: boolean;
  readonly swap: () => void;
  readonly openOther: () => void;
  readonly choose: () => void;
}

/** How both traces differ, in a sentence, and which they are. */
export function ComparisonHead(props: ComparisonHeadProps) {
  const { comparison, isSwapped, swap, openOther, choose } = props;
  const { traces, calls, callCount, lines, lineCount } = comparison;
  const [before, after] = traces;
  const isSame = before.traceId === after.traceId;
  const [day, otherDay] = traces.map(({ start }) => new Date(toMilliseconds(start)).toDateString());
  const timeOf = ({ start }: ComparedTrace) =>
    day === otherDay
      ? new Date(toMilliseconds(start)).toLocaleTimeString(document.documentElement.lang || 'en')
      : startText(start);
  const nameOf = (isOther: boolean) => (isOther ? message('Other trace') : message('This trace'));
  const notes = [
    ...traces.flatMap(({ notes: of }, side) =>
      of.map((note) => `${nameOf((side === 0) !== isSwapped)}: ${oneLine(note)}`),
    ),
    ...(callCount > calls.length
      ? [
          message(
            'Only the {0} calls with the largest differences of {1} are shown.',
            formatCount(calls.length),
            formatCount(callCount),
          ),
        ]
      : []),
    ...(lineCount > lines.length
      ? [
          message(
            'Only the {0} lines with the largest differences of {1} are shown.',
            formatCount(lines.length),
            formatCount(lineCount),
          ),
        ]
      : []),
  ];
  return (
    <div class="comparison-head">
      <h2>
        {isSame
          ? message('This is the same trace. Choose another one.')
          : differenceSentence(calls, durationsOf(comparison))}
      </h2>
      <div class="comparison-traces">
        <TraceName
          trace={before}
          started={timeOf(before)}
          label={nameOf(!isSwapped)}
          {...(!isSwapped && { open: openOther })}
        />
        <Icon name="sent" />
        <TraceName
          trace={after}
          started={timeOf(after)}
          label={nameOf(isSwapped)}
          {...(isSwapped && { open: openOther })}
        />
        <IconButton icon="swap" label={message('Swap the traces')} onClick={swap} />
        <button type="button" class="link" onClick={choose}>
          {message('Compare with another trace…')}
        </button>
      </div>
      {notes.length > 0 && (
        <ul class="comparison-notes">
          {notes.map((note, index) => (
            <li key={index}>
              <Icon name="warning" />
              <span>{note}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface TraceNameProps {
  readonly trace: ComparedTrace;
  /** When it began: with its day, where the other is of another one. */
  readonly started: string;
  readonly label: string;
  readonly open?: () => void;
}

function TraceName({ trace, started, label, open }: TraceNameProps) {
  const { name, duration, size } = trace;
  const title = operationName(name);
  return (
    <span class="comparison-trace">
      <span class="comparison-side">{label}</span>
      {open ? (
        <button type="button" class="link" title={message('Open this trace')} onClick={open}>
          {title}
        </button>
      ) : (
        <span class="comparison-name">{title}</span>
      )}
      <strong title={formatExactDuration(duration)}>{formatDuration(duration)}</strong>
      <span class="comparison-fact">{started}</span>
      <span class="comparison-fact">{spansText(size)}</span>
    </span>
  );
}
