import { errorText } from '../../src/core/base/errorText.ts';
import type { MarkedText } from '../../src/core/base/markedText.ts';
import { message } from '../../src/core/base/message.ts';
import { isAbort } from '../../src/core/base/sourceError.ts';
import type { SpanRow } from '../../src/core/base/units.ts';
import type { ViewName } from '../../src/core/waterfall/viewNames.ts';
import type { SpanFormat } from '../../src/protocol/spanActions.ts';
import type { Selections } from './follow/selections.ts';
import type { Host } from './host.ts';
import type { WaterfallModel } from './model.ts';

/** What the page asks of the host on a click or a key. Failures are told in words. */
export interface PageActions {
  readonly openCode: (row: SpanRow, alternative?: number) => void;
  /** Shows the code beside without taking the keyboard; opening, or looking at another span, takes it back. */
  readonly previewCode: (row: SpanRow) => void;
  readonly openFrame: (row: SpanRow, stack: number, frame: number) => void;
  readonly openPeer: (row: SpanRow, peer: number) => void;
  /** Opens the other end of a link of the span; `from`: of a link that leads to it. */
  readonly openLink: (row: SpanRow, link: number, from?: boolean) => void;
  /** Shows the trace at the other end here too. */
  readonly joinTrace: (row: SpanRow, link: number, from: boolean) => void;
  readonly separateTraces: () => void;
  readonly copy: (text: string) => void;
  /** Asks for another trace of the file. */
  readonly chooseTrace: () => void;
  readonly copySpan: (row: SpanRow, format: SpanFormat) => void;
  readonly openSourcePage: (row: SpanRow) => void;
  readonly formatSql: (
    row: SpanRow,
    attribute: number,
    signal: AbortSignal,
  ) => Promise<MarkedText | undefined>;
  /** Opens a view; of comparisons, where there is none yet, the choice of the other trace too. */
  readonly openView: (view: ViewName) => void;
  /** Asks for a trace to compare this one with. */
  readonly chooseOther: () => void;
  readonly retry: () => void;
}

export interface PageActionsOptions {
  readonly host: Host;
  readonly model: WaterfallModel;
  readonly selections: Selections;
  readonly retry: () => void;
}

/** A selection on its way through rows shows no code. In ms. */
const restMs = 150;

export function pageActions({ host, model, selections, retry }: PageActionsOptions): PageActions {
  const told = (answer: Promise<{ opened: boolean; reason: string }>) => {
    answer.then(
      ({ opened, reason }) => model.notify(opened ? '' : reason),
      (error: unknown) => {
        if (!isAbort(error)) model.notify(errorText(error));
      },
    );
  };
  const copied = (done: Promise<unknown>) => {
    done.then(
      () => model.announce(message('Copied.')),
      (error: unknown) => model.notify(errorText(error)),
    );
  };
  let preview = new AbortController();
  const nextPreview = () => {
    preview.abort();
    preview = new AbortController();
    return preview.signal;
  };
  selections.follow((row) => {
    const signal = nextPreview();
    window.setTimeout(() => {
      if (!signal.aborted) told(host.call('previewCode', { row, by: 'key' }, signal));
    }, restMs);
  });
  const chooseOther = () => {
    host.call('chooseOther', {}).then(
      ({ chosen }) => {
        if (chosen) model.showComparison();
      },
      (error: unknown) => model.notify(errorText(error)),
    );
  };
  return {
    openCode: (row, alternative) => {
      selections.settle();
      preview.abort();
      told(host.call('openCode', { row, alternative, beside: true }));
    },
    previewCode: (row) => {
      selections.settle();
      told(host.call('previewCode', { row, by: 'click' }, nextPreview()));
    },
    openFrame: (row, stack, frame) =>
      told(host.call('openFrame', { row, stack, frame, beside: true })),
    openPeer: (row, peer) => told(host.call('openPeer', { row, peer, beside: true })),
    openLink: (row, link, from = false) => told(host.call('openLinkedTrace', { row, link, from })),
    joinTrace: (row, link, from) => told(host.call('joinTrace', { row, link, from })),
    separateTraces: () => {
      host.call('separateTraces', {}).catch((error: unknown) => {
        model.notify(errorText(error));
      });
    },
    copy: (text) => copied(host.call('copy', { text })),
    copySpan: (row, format) => copied(host.call('copySpan', { row, format })),
    openSourcePage: (row) => told(host.call('openSourcePage', { row })),
    chooseTrace: () => {
      // A choice replaces this page, which then gets no answer.
      host.call('chooseTrace', {}).catch((error: unknown) => {
        model.notify(errorText(error));
      });
    },
    openView: (view) => {
      model.setView(view);
      if (view === 'compare' && model.comparedWith === undefined) chooseOther();
    },
    chooseOther,
    formatSql: async (row, attribute, signal) =>
      (await host.call('formatSql', { row, attribute }, signal)).marked,
    retry,
  };
}
