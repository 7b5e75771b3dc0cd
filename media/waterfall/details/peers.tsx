import { message } from '../../../src/core/base/message.ts';
import { isBlank } from '../../../src/core/base/visibleText.ts';
import type { ShownPeer } from '../../../src/protocol/waterfall.ts';
import { IconButton } from '../button.tsx';
import { ConfidenceIcon, Icon } from '../icons.tsx';
import { oneLine, operationName } from '../traceText.ts';

export interface PeersProps {
  readonly peers: readonly ShownPeer[];
  /** Opens the code of a peer, by its position. */
  readonly openPeer: (peer: number) => void;
  /** Goes to the span of a peer: in this trace, or in the one that its link leads to. */
  readonly showSpan: (peer: ShownPeer) => void;
}

/** What the span calls or sends a message to, and what called it. */
export function Peers({ peers, openPeer, showSpan }: PeersProps) {
  const of = (direction: ShownPeer['direction']) =>
    peers.flatMap((peer, index) => (peer.direction === direction ? [{ peer, index }] : []));
  const groups = [
    { title: message('Calls'), members: of('to') },
    { title: message('Called by'), members: of('from') },
  ];
  return (
    <div class="peers">
      {groups.map(
        ({ title, members }) =>
          members.length > 0 && (
            <section key={title} aria-label={title}>
              <h3>{title}</h3>
              <ul>
                {members.map(({ peer, index }) => (
                  <li key={index} class="peer">
                    <Peer peer={peer} open={() => openPeer(index)} />
                    {(peer.row !== undefined || peer.link !== undefined) && (
                      <IconButton
                        icon={peer.row === undefined ? 'link' : 'row'}
                        label={
                          peer.row === undefined ? message('Open trace') : message('Select span')
                        }
                        onClick={() => showSpan(peer)}
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
function Peer({ peer, open }: { peer: ShownPeer; open: () => void }) {
  const { location, service, operation, count, direction, confidence } = peer;
  const again = count > 1 && <span class="peer-count"> ×{count}</span>;
  const where = isBlank(service) ? '' : oneLine(service);
  if (!location) {
    const name = peer.isUnread ? message('a span in another trace') : operationName(operation);
    return (
      <span class="peer-plain">
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
