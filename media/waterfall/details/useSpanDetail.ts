import { useEffect, useState } from 'preact/hooks';
import { isAbort } from '../../../src/core/base/sourceError.ts';
import type { SpanRow } from '../../../src/core/base/units.ts';
import type { SpanDetail } from '../../../src/protocol/waterfall.ts';
import type { Host } from '../host.ts';
import type { PageTrace } from '../openTrace.ts';

/** The details of a span: on their way, here, or why not. */
export interface DetailState {
  readonly row: SpanRow | undefined;
  readonly detail: SpanDetail | undefined;
  readonly failure: string;
}

const nothing: DetailState = { row: undefined, detail: undefined, failure: '' };

/** A held arrow key passes many spans: the host is asked about the one it stops at. */
const settleMs = 40;

/** Asks the host for one span; a later selection, or a trace read again, takes the question back. */
export function useSpanDetail(
  host: Host,
  trace: PageTrace,
  row: SpanRow | undefined,
  wanted: boolean,
): DetailState {
  const [state, setState] = useState<DetailState>(nothing);
  useEffect(() => {
    if (row === undefined || !wanted) return undefined;
    const asking = new AbortController();
    const timer = window.setTimeout(() => {
      host.call('spanDetail', { row }, asking.signal).then(
        (detail) => {
          setState({ row, detail, failure: '' });
          if (!detail.peers.some(({ isUnread }) => isUnread)) return;
          host.call('linkedPeers', { row }, asking.signal).then(
            (peers) => setState({ row, detail: { ...detail, peers }, failure: '' }),
            () => undefined, // they stay links into another trace
          );
        },
        (error: unknown) => {
          if (!isAbort(error)) setState({ row, detail: undefined, failure: textOf(error) });
        },
      );
    }, settleMs);
    return () => {
      window.clearTimeout(timer);
      asking.abort();
    };
  }, [host, trace, row, wanted]);
  return state.row === row ? state : { ...nothing, row };
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
