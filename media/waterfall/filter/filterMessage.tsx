import { message } from '../../../src/core/base/message.ts';
import { withReason } from '../../../src/core/waterfall/filterNotes.ts';
import type { WaterfallModel } from '../model.ts';
import { oneLine } from '../traceText.ts';

export const filterMessageId = 'filter-message';

interface FilterMessageProps {
  readonly model: WaterfallModel;
  /** That nothing fits what is being typed; empty otherwise. */
  readonly nothing: string;
}

/** Below the field while it has the focus: what is wrong with the filter, or how to write one while it is empty. */
export function FilterMessage({ model, nothing }: FilterMessageProps) {
  const { filterNotes } = model;
  const notes = nothing === '' ? filterNotes : withReason(nothing, filterNotes);
  if (notes.length > 0)
    return (
      <div class="filter-message filter-notes" id={filterMessageId}>
        {notes.map((note) => (
          <p key={note}>{oneLine(note)}</p>
        ))}
      </div>
    );
  if (model.filter !== '') return null;
  return (
    <dl class="filter-message filter-help" id={filterMessageId}>
      {help().map(([example, meaning]) => (
        <div key={example}>
          <dt>
            <code>{example}</code>
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}

const help = (): readonly (readonly [string, string])[] => [
  ['orders', message('text in the row: name, service, file')],
  ['service:shop', message('field; also name:, kind:, status:, file:')],
  ['>100 ms', message('duration; also >=, <, <=')],
  ['http.route=/orders*', message('attribute; also !=, >, >=, <, <=')],
  ['error', message('failed spans; also critical, mapped:no')],
  ['-text "two words"', message('exclude; quote a phrase')],
  ['(a or b) c', message('any of them; side by side, all of them')],
];
