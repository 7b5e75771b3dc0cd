import { message } from '../../src/core/base/message.ts';
import { summaryText } from './texts.ts';
import { Bars, type BarsProps } from './bars.tsx';

/** How many traces took how long, and which of them are listed. */
export function Durations({ shown, choose }: BarsProps) {
  if (shown.buckets.length === 0)
    return <p class="summary">{message('No traces in the time range.')}</p>;
  return (
    <div class="durations">
      <div class="summary">
        <span class="summary-text" role="status">
          {summaryText(shown)}
        </span>
        {shown.range && (
          <button
            type="button"
            class="link"
            title={message('Show traces of any duration (Escape)')}
            onClick={() => choose(undefined)}
          >
            {message('Clear')}
          </button>
        )}
      </div>
      <Bars shown={shown} choose={choose} />
    </div>
  );
}
