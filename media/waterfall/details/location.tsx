import { message } from '../../../src/core/base/message.ts';
import { confidenceLabel } from '../../../src/core/waterfall/describeRow.ts';
import type { ShownLocation, SpanDetail } from '../../../src/protocol/waterfall.ts';
import { ConfidenceIcon, Icon } from '../icons.tsx';
import { oneLine } from '../traceText.ts';

export interface LocationProps {
  readonly detail: SpanDetail;
  /** Opens the span's code, or one of its alternatives. */
  readonly openCode: (alternative?: number) => void;
}

/** Where the span's code is, how sure that is, and why. */
export function Location({ detail, openCode }: LocationProps) {
  const { location, confidence, reason, alternatives, drifted } = detail;
  return (
    <div class={location ? 'location' : 'location location-none'}>
      {location && <LocationButton location={location} onClick={() => openCode()} />}
      {drifted && (
        <p class="location-drifted">
          <Icon name="moved" />
          {message('The code has moved since this span was recorded')}
        </p>
      )}
      <p class="location-reason">
        <ConfidenceIcon confidence={confidence} />
        <span>
          <strong>{sentence(confidenceLabel(confidence))}</strong> {oneLine(reason)}
        </span>
      </p>
      {alternatives.length > 0 && (
        <>
          <h3>{message('Other candidates')}</h3>
          <ul class="alternatives">
            {alternatives.map((alternative, index) => (
              <li key={index}>
                <LocationButton location={alternative} onClick={() => openCode(index)} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function LocationButton({ location, onClick }: { location: ShownLocation; onClick: () => void }) {
  const file = oneLine(location.file);
  return (
    <button
      type="button"
      class="location-button"
      title={message('Open {0} at line {1}', file, location.line)}
      onClick={onClick}
    >
      <Icon name="code" />
      <span class="location-symbol">{oneLine(location.symbol)}</span>
      <span class="location-file">
        <span class="location-path">{file}</span>:{location.line}
      </span>
    </button>
  );
}

/** The first letter large, a full stop at the end. */
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
