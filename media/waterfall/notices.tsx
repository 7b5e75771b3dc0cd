import { formatCount } from '../../src/core/base/format.ts';
import { message } from '../../src/core/base/message.ts';
import { IconButton } from './button.tsx';
import { ClockNotice } from './clockNotice.tsx';
import { Icon } from './icons.tsx';
import type { WaterfallModel } from './model.ts';
import type { PageTrace } from './openTrace.ts';
import { oneLine } from './traceText.ts';

/** Problems listed; the rest is a number. */
const maxListed = 100;

/** What the host could not do. It lies over the rows' end: no row moves under the pointer that asked. */
export function Notification({ model }: { model: WaterfallModel }) {
  if (model.notification === '') return null;
  return (
    <div class="notice notice-warning notification">
      <Icon name="info" />
      <span>{oneLine(model.notification)}</span>
      <IconButton icon="close" label={message('Close')} onClick={() => model.notify('')} />
    </div>
  );
}

/** What the reader should know before trusting the picture: cut answers, repaired spans, marked spans. */
export function Notices({ model, trace }: { model: WaterfallModel; trace: PageTrace }) {
  const { notices, problems, problemCount } = trace.opened;
  return (
    <>
      {model.markLabel !== '' && (
        <div class="notice notice-marks">
          <Icon name="code" />
          <span>
            {oneLine(model.markLabel)} · {model.matchSummary()}
          </span>
          <IconButton
            icon="close"
            label={message('Clear highlight')}
            onClick={() => model.setFilter('')}
          />
        </div>
      )}
      {notices.map((notice, index) => (
        <div key={index} class="notice notice-warning">
          <Icon name="warning" />
          <span>{oneLine(notice)}</span>
        </div>
      ))}
      <ClockNotice model={model} />
      {problemCount > 0 && (
        <details class="notice notice-problems">
          <summary>
            <Icon name="info" />
            {problemCount === 1
              ? message('1 problem in this trace')
              : message('{0} problems in this trace', formatCount(problemCount))}
          </summary>
          <ul>
            {problems.slice(0, maxListed).map((problem, index) => (
              <li key={index}>
                <button
                  type="button"
                  class="link"
                  onClick={() => model.select(problem.row, 'center')}
                >
                  {oneLine(problem.message)}
                </button>
              </li>
            ))}
            {problemCount > maxListed && (
              <li>{message('and {0} more', formatCount(problemCount - maxListed))}</li>
            )}
          </ul>
        </details>
      )}
    </>
  );
}
