import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { errorText } from '../../../src/core/base/errorText.ts';
import { isAbort } from '../../../src/core/base/sourceError.ts';
import type { SpanRow } from '../../../src/core/base/units.ts';
import type { SpanDetail } from '../../../src/protocol/waterfall.ts';
import type { Host } from '../host.ts';
import type { PageTrace } from '../openTrace.ts';
import { DetailRequests } from './detailRequests.ts';

/** The details of a span: on their way, here, or why not. */
export interface DetailState {
  readonly row: SpanRow | undefined;
  readonly detail: SpanDetail | undefined;
  readonly failure: string;
}

export interface AskedDetail {
  readonly state: DetailState;
  /** Asks for the details of a span that is about to be selected. */
  readonly askAhead: (row: SpanRow) => void;
}

interface Answer extends DetailState {
  /** As the host told it, before the code of other traces was looked up. */
  readonly told: SpanDetail | undefined;
}

const nothing: Answer = { row: undefined, detail: undefined, failure: '', told: undefined };

/** A held arrow key passes many spans: the host is asked about the first and about the one it stops at. */
const settleMs = 40;
const holdMs = 100;

/** Asks the host for one span; a later selection, or a trace read again, takes the question back. */
export function useSpanDetail(
  host: Host,
  trace: PageTrace,
  row: SpanRow | undefined,
  wanted: boolean,
): AskedDetail {
  const requests = useMemo(() => new DetailRequests(host), [host]);
  useEffect(() => () => requests.dispose(), [requests]);
  const latest = useRef(nothing);
  const [, draw] = useState(nothing);
  const tell = (answer: Answer) => draw((latest.current = answer));
  const settled = useRef(0);
  const known = row === undefined || !wanted ? undefined : requests.known(trace, row);
  if (known && latest.current.told !== known)
    latest.current = { row, detail: known, failure: '', told: known };
  // Before the frame is painted: the answer may be there for the next.
  useLayoutEffect(() => {
    if (row === undefined || !wanted) return undefined;
    const asking = new AbortController();
    const ask = () => {
      requests.ask(trace, row).then(
        (detail) => {
          if (asking.signal.aborted) return;
          if (latest.current.told !== detail) tell({ row, detail, failure: '', told: detail });
          if (!detail.peers.some(({ isUnread }) => isUnread)) return;
          host.call('linkedPeers', { row }, asking.signal).then(
            (peers) => tell({ row, detail: { ...detail, peers }, failure: '', told: detail }),
            () => undefined, // they stay links into another trace
          );
        },
        (error: unknown) => {
          if (!isAbort(error)) tell({ ...nothing, row, failure: errorText(error) });
        },
      );
    };
    const isPassing = !known && performance.now() < settled.current;
    settled.current = performance.now() + settleMs;
    const timer = isPassing ? window.setTimeout(ask, settleMs) : 0;
    if (!isPassing) ask();
    return () => {
      window.clearTimeout(timer);
      asking.abort();
      requests.takeBack();
    };
  }, [host, trace, row, wanted]);
  const state = latest.current.row === row ? latest.current : { ...nothing, row };
  return {
    state: useHeld(trace, state, wanted && row !== undefined && isOnItsWay(state)),
    askAhead: (pressed) => requests.askAhead(trace, pressed),
  };
}

const isOnItsWay = ({ detail, failure }: DetailState): boolean => !detail && failure === '';

/** What was shown before stays for a moment: details that go and come back at once flicker, and are laid out twice. */
function useHeld(trace: PageTrace, state: DetailState, isWaiting: boolean): DetailState {
  const shown = useRef({ trace, state });
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (!isWaiting) return undefined;
    const timer = window.setTimeout(() => setLate(true), holdMs);
    return () => window.clearTimeout(timer);
  }, [isWaiting]);
  if (!isWaiting || isLate || shown.current.trace !== trace) shown.current = { trace, state };
  return shown.current.state;
}
