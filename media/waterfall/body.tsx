import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { message } from '../../src/core/base/message.ts';
import type { PageActions } from './actions.ts';
import { Details } from './details/details.tsx';
import { useSpanDetail } from './details/useSpanDetail.ts';
import type { Host } from './host.ts';
import type { WaterfallModel } from './model.ts';
import type { PageTrace } from './openTrace.ts';
import { Tree } from './rows/tree.tsx';
import { Sash } from './sash.tsx';

export interface BodyProps {
  readonly model: WaterfallModel;
  readonly trace: PageTrace;
  readonly host: Host;
  readonly actions: PageActions;
  readonly tree: RefObject<HTMLDivElement | null>;
}

/** The details lie below the rows where they have no room beside them, unless there is even less below. */
const narrow = '(max-width: 480px), (max-width: 720px) and (min-height: 480px)';

/** Rows and details, with a border between them that can be moved. */
export function Body({ model, trace, host, actions, tree }: BodyProps) {
  const below = useMedia(narrow);
  const details = useRef<HTMLDivElement>(null);
  const state = useSpanDetail(host, trace, model.selected, model.detailsOpen);
  const focusDetails = () => {
    requestAnimationFrame(() => {
      details.current?.querySelector<HTMLElement>('h2, .details-empty')?.focus();
    });
  };
  return (
    <div class={below ? 'body body-narrow' : 'body'}>
      <Tree
        model={model}
        tree={tree}
        openCode={actions.openCode}
        previewCode={actions.previewCode}
        focusDetails={focusDetails}
      />
      {model.detailsOpen && (
        <>
          <Sash
            className="sash-details"
            label={message('Details size')}
            direction={below ? 'row' : 'column'}
            share={() => 1 - model.detailsShare}
            onShare={(share) => model.setDetailsShare(1 - share)}
          />
          <div
            class="details-box"
            ref={details}
            style={{ flexBasis: `${model.detailsShare * 100}%` }}
            onKeyDown={(event: KeyboardEvent) => {
              if (event.key !== 'Escape' || event.ctrlKey || event.metaKey || event.altKey) return;
              event.preventDefault();
              tree.current?.focus();
            }}
          >
            <Details
              trace={trace}
              state={state}
              openCode={actions.openCode}
              openFrame={actions.openFrame}
              openPeer={actions.openPeer}
              select={(row) => {
                model.select(row, 'center');
                tree.current?.focus();
              }}
              openLink={actions.openLink}
              copy={actions.copy}
              close={() => {
                model.setDetailsOpen(false);
                tree.current?.focus();
              }}
            />
          </div>
        </>
      )}
    </div>
  );
}

function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => window.matchMedia(query).matches);
  useEffect(() => {
    const media = window.matchMedia(query);
    const onChange = () => setMatches(media.matches);
    media.addEventListener('change', onChange);
    return () => media.removeEventListener('change', onChange);
  }, [query]);
  return matches;
}
