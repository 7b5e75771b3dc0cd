import { message } from '../../../src/core/base/message.ts';
import type { ShownTie } from '../../../src/protocol/waterfall.ts';
import { IconButton } from '../button.tsx';
import { ConfidenceIcon, Icon } from '../icons.tsx';
import { oneLine } from '../traceText.ts';

export interface TiesProps {
  readonly ties: readonly ShownTie[];
  /** Opens the code of a tie, by its position. */
  readonly openTie: (tie: number) => void;
  /** Goes to the span of a tie: in this trace, or in the one that its link leads to. */
  readonly showSpan: (tie: ShownTie) => void;
}

/** What the span calls or sends a message to, and what called it. */
export function Ties({ ties, openTie, showSpan }: TiesProps) {
  const of = (direction: ShownTie['direction']) =>
    ties.flatMap((tie, index) => (tie.direction === direction ? [{ tie, index }] : []));
  const groups = [
    { title: message('Calls'), members: of('to') },
    { title: message('Called by'), members: of('from') },
  ];
  return (
    <div class="ties">
      {groups.map(
        ({ title, members }) =>
          members.length > 0 && (
            <section key={title} aria-label={title}>
              <h3>{title}</h3>
              <ul>
                {members.map(({ tie, index }) => (
                  <li key={index} class="tie">
                    <Tie tie={tie} open={() => openTie(index)} />
                    {(tie.row !== undefined || tie.link !== undefined) && (
                      <IconButton
                        icon={tie.row === undefined ? 'link' : 'row'}
                        label={
                          tie.row === undefined ? message('Open trace') : message('Select span')
                        }
                        onClick={() => showSpan(tie)}
                      />
                    )}
                  </li>
                ))}
              </ul>
            </section>
          ),
      )}
    </div>
  );
}

/** A link to the code where that is known, else the name of the span. */
function Tie({ tie, open }: { tie: ShownTie; open: () => void }) {
  const { location, service, operation, count, direction, confidence } = tie;
  const again = count > 1 && <span class="tie-count"> ×{count}</span>;
  const where = oneLine(service);
  if (!location) {
    const name = tie.isUnread ? message('a span in another trace') : oneLine(operation);
    return (
      <span class="tie-plain">
        <Icon name={direction === 'to' ? 'sent' : 'received'} />
        <span class="location-symbol">
          {name}
          {again}
        </span>
        <span class="location-file">{where}</span>
      </span>
    );
  }
  const file = oneLine(location.file);
  return (
    <button
      type="button"
      class="location-button"
      title={message('Open {0} at line {1}', file, location.line)}
      onClick={open}
    >
      <Icon name={direction === 'to' ? 'sent' : 'received'} />
      <span class="location-symbol">
        {oneLine(location.symbol)}
        {again}
      </span>
      <span class="location-file">
        <ConfidenceIcon confidence={confidence} /> {where}
        {where === '' ? '' : ' · '}
        <span class="location-path">{file}</span>:{location.line}
      </span>
    </button>
  );
}
