import type { RefObject } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { message } from '../../src/core/base/message.ts';
import type { SpanRow } from '../../src/core/base/units.ts';
import type { PageActions } from './actions.ts';
import { CostPanel } from './costs/costPanel.tsx';
import { usePercentile } from './costs/usePercentile.ts';
import { Details } from './details/details.tsx';
import { useDetailTools } from './details/useDetailTools.ts';
import { useSpanDetail } from './details/useSpanDetail.ts';
import type { Host } from './host.ts';
import type { WaterfallModel } from './model.ts';
import type { PageTrace } from './openTrace.ts';
import { Tree } from './rows/tree.tsx';
import { Sash } from './sash.tsx';
import { SpanList } from './views/list/spanList.tsx';

export interface BodyProps {
  readonly model: WaterfallModel;
  readonly trace: PageTrace;
  readonly host: Host;
  readonly actions: PageActions;
  readonly tree: RefObject<HTMLDivElement | null>;
}

/** The details lie below the rows where they have no room beside them, unless there is even less below. */
const narrow = '(max-width: 480px), (max-width: 720px) and (min-height: 480px)';

/** Rows, or the list of spans, and details, with a border between them that can be moved. */
export function Body({ model, trace, host, actions, tree }: BodyProps) {
  const below = useMedia(narrow);
  const details = useRef<HTMLDivElement>(null);
  const { state, askAhead } = useSpanDetail(host, trace, model.selected, model.detailsOpen);
  const percentile = usePercentile(host, trace, state.row, model.detailsOpen);
  const select = useCallback(
    (row: SpanRow) => {
      model.select(row, 'center');
      tree.current?.focus();
    },
    [model, tree],
  );
  const tools = useDetailTools(model, actions, select, state.row);
  // As long as the span and what is known of it: filter, range and matches are no part of its details.
  const detailsOfSpan = useMemo(
    () => (
      <Details
        trace={trace}
        state={state}
        percentile={percentile}
        openCode={actions.openCode}
        openFrame={actions.openFrame}
        openPeer={actions.openPeer}
        select={select}
        openLink={actions.openLink}
        tools={tools}
        close={() => {
          model.setDetailsOpen(false);
          tree.current?.focus();
        }}
      />
    ),
    [trace, state, percentile, actions, tools],
  );
  const { costsOpen, markLabel } = model;
  const { openCode } = actions;
  const costs = useMemo(
    () => <CostPanel model={model} trace={trace} host={host} openCode={openCode} />,
    [trace, costsOpen, markLabel, openCode],
  );
  const focusDetails = () => {
    requestAnimationFrame(() => {
      details.current?.querySelector<HTMLElement>('h2, .details-empty')?.focus();
    });
  };
  return (
    <div class={below ? 'body body-narrow' : 'body'}>
      {model.view === 'list' ? (
        <SpanList
          model={model}
          trace={trace}
          element={tree}
          onAhead={askAhead}
          openCode={actions.openCode}
          focusDetails={focusDetails}
        />
      ) : (
        <Tree
          model={model}
          tree={tree}
          openCode={actions.openCode}
          previewCode={actions.previewCode}
          onAhead={askAhead}
          focusDetails={focusDetails}
        />
      )}
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
            {costs}
            {detailsOfSpan}
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
