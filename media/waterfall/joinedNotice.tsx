import { message } from '../../src/core/base/message.ts';
import { Icon } from './icons.tsx';
import type { WaterfallModel } from './model.ts';
import type { PageTrace } from './openTrace.ts';
import { oneLine } from './traceText.ts';

export interface JoinedNoticeProps {
  readonly model: WaterfallModel;
  readonly trace: PageTrace;
  /** Shows one trace again. */
  readonly separate: () => void;
}

/** Which other traces the waterfall shows, with a way to each and back to one. */
export function JoinedNotice({ model, trace, separate }: JoinedNoticeProps) {
  const { joined } = trace.opened;
  if (joined.length === 0) return null;
  return (
    <div class="notice notice-joined">
      <Icon name="join" />
      <span>
        {message('Shown with')}{' '}
        {joined.map(({ traceId, roots }) => (
          <button
            key={traceId}
            type="button"
            class="link"
            title={message('Go to where this trace begins')}
            onClick={() => model.select(roots[0], 'center')}
          >
            <code>{oneLine(traceId)}</code>
          </button>
        ))}
      </span>
      <button type="button" class="link" onClick={separate}>
        {message('Show one trace')}
      </button>
    </div>
  );
}
