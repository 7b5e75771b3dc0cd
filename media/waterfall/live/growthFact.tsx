import { message } from '../../../src/core/base/message.ts';
import type { Growth } from '../../../src/protocol/waterfall.ts';

/** That spans of the trace still arrive, or that they stopped; nothing of a trace that is long over. */
export function GrowthFact({ growth, follow }: { growth: Growth; follow: () => void }) {
  if (growth === 'none') return null;
  if (growth === 'receiving')
    return (
      <span class="fact receiving" title={message('New spans appear as they arrive.')}>
        {message('Receiving…')}
      </span>
    );
  return (
    <button
      type="button"
      class="fact fact-again"
      title={message('No new spans for a minute. Click to check again.')}
      onClick={follow}
    >
      {message('No new spans')}
    </button>
  );
}
