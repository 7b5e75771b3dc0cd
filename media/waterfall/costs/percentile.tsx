import { message } from '../../../src/core/base/message.ts';
import type { ShownPercentile } from '../../../src/protocol/traceCosts.ts';
import { Icon } from '../icons.tsx';

interface PercentileProps {
  readonly percentile: ShownPercentile;
}

/** `slower than 98% of 1,204`, beside a duration; what it rests on is in the tooltip. */
export function PercentileText({ percentile: { text, basis } }: PercentileProps) {
  return (
    <span class="percentile" title={basis.join('\n')}>
      {text}
      <span class="spoken">{basis.join(' ')}</span>
    </span>
  );
}

/** The same among the facts of a span; what it rests on unfolds, for the keyboard. */
export function PercentileFact({ percentile: { text, basis } }: PercentileProps) {
  return (
    <div class="percentile-fact">
      <dt>{message('Compared with others')}</dt>
      <dd>
        <details>
          <summary title={basis.join('\n')}>
            {text}
            <Icon name="chevron" />
          </summary>
          {basis.map((sentence, index) => (
            <p key={index}>{sentence}</p>
          ))}
        </details>
      </dd>
    </div>
  );
}
