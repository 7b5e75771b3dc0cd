import { formatCount } from '../../../src/core/base/format.ts';
import { message } from '../../../src/core/base/message.ts';
import { Icon } from '../icons.tsx';
import type { PageTrace } from '../openTrace.ts';

/** That the file has other traces too, and the way to them. */
export function TracesInFile({ trace, choose }: { trace: PageTrace; choose: () => void }) {
  const count = trace.opened.tracesInFile ?? 1;
  if (count < 2) return null;
  return (
    <div class="notice">
      <Icon name="info" />
      <span>{message('One of {0} traces in this file.', formatCount(count))}</span>
      <button type="button" class="link" onClick={choose}>
        {message('Show another trace')}
      </button>
    </div>
  );
}
