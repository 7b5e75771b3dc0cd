import { useMemo } from 'preact/hooks';
import { formatDuration } from '../../src/core/base/format.ts';
import { message } from '../../src/core/base/message.ts';
import { microseconds } from '../../src/core/base/units.ts';
import type { ClockShift } from '../../src/core/trace/adjustClocks.ts';
import { Icon } from './icons.tsx';
import type { WaterfallModel } from './model.ts';
import { serviceName } from './traceText.ts';

/** Services named before the rest is a number. */
const maxNamed = 3;

/** That clocks of services differ, by how much, and the way to times by one clock and back. */
export function ClockNotice({ model }: { readonly model: WaterfallModel }) {
  const { recorded, shape, hasAdjustedClocks } = model;
  const sentences = useMemo(
    () => recorded?.shifts.slice(0, maxNamed).map((one) => shiftText(one, shape?.services ?? [])),
    [recorded],
  );
  if (!recorded || !sentences || sentences.length === 0) return null;
  const rest = recorded.shifts.length - sentences.length;
  return (
    <div class="notice notice-clocks">
      <Icon name="info" />
      <span>
        {hasAdjustedClocks
          ? message('Times are by the clocks of the callers:')
          : message(
              'The clocks of some services differ. Times are as recorded; to fit their callers:',
            )}
        {sentences.map((sentence) => (
          <span key={sentence} class="clock-shift">
            {sentence}
          </span>
        ))}
        {rest > 0 && <span class="clock-shift">{message('and {0} more', rest)}</span>}
      </span>
      <button
        type="button"
        class="link"
        onClick={() => model.setAdjustedClocks(!hasAdjustedClocks)}
      >
        {hasAdjustedClocks ? message('Show as recorded') : message('Adjust clocks')}
      </button>
    </div>
  );
}

function shiftText(
  { service, caller, shift, calls }: ClockShift,
  names: readonly string[],
): string {
  const length = formatDuration(microseconds(Math.abs(shift)));
  const [own, callers] = [serviceName(names[service] ?? ''), serviceName(names[caller] ?? '')];
  const text =
    shift > 0
      ? message('{0} {1} later, in calls of {2}', own, length, callers)
      : message('{0} {1} earlier, in calls of {2}', own, length, callers);
  return calls === 1 ? text : `${text} (${calls})`;
}
