import { message } from '../../src/core/base/message.ts';
import { isAbort } from '../../src/core/base/sourceError.ts';
import type { SpanRow } from '../../src/core/base/units.ts';
import type { Host } from './host.ts';
import type { WaterfallModel } from './model.ts';

/** What the page asks of the host on a click or a key. Failures are told in words. */
export interface PageActions {
  readonly openCode: (row: SpanRow, alternative?: number) => void;
  /** Shows the code beside without taking the keyboard; opening, or looking at another span, takes it back. */
  readonly previewCode: (row: SpanRow) => void;
  readonly openFrame: (row: SpanRow, stack: number, frame: number) => void;
  readonly openPeer: (row: SpanRow, peer: number) => void;
  readonly openLink: (row: SpanRow, link: number) => void;
  readonly copy: (text: string) => void;
  readonly retry: () => void;
}

export function pageActions(host: Host, model: WaterfallModel, retry: () => void): PageActions {
  const told = (answer: Promise<{ opened: boolean; reason: string }>) => {
    answer.then(
      ({ opened, reason }) => model.notify(opened ? '' : reason),
      (error: unknown) => {
        if (!isAbort(error)) model.notify(error instanceof Error ? error.message : String(error));
      },
    );
  };
  let preview = new AbortController();
  return {
    openCode: (row, alternative) => {
      preview.abort();
      told(host.call('openCode', { row, alternative, beside: true }));
    },
    previewCode: (row) => {
      preview.abort();
      preview = new AbortController();
      told(host.call('previewCode', { row }, preview.signal));
    },
    openFrame: (row, stack, frame) =>
      told(host.call('openFrame', { row, stack, frame, beside: true })),
    openPeer: (row, peer) => told(host.call('openPeer', { row, peer, beside: true })),
    openLink: (row, link) => told(host.call('openLinkedTrace', { row, link })),
    copy: (text) => {
      host.call('copy', { text }).then(
        () => model.announce(message('Copied.')),
        (error: unknown) => model.notify(error instanceof Error ? error.message : String(error)),
      );
    },
    retry,
  };
}
