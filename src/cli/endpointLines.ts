import { shownPath } from './shownPath.ts';
import { message } from '../core/base/message.ts';
import type { EndpointRow } from '../core/correlate/endpoints/endpoints.ts';
import {
  orderValue,
  orderRank,
  type EndpointOrder,
} from '../core/correlate/figures/figureOrder.ts';
import { endpointTitle } from '../engine/askedEndpoint.ts';
import type { EndpointsAnswer } from '../engine/methods.ts';
import { windowText } from './windowBack.ts';

/** A row of the Endpoints table as it is printed and as `--json` gives it; durations in µs. */
export interface EndpointLine {
  readonly service: string;
  /** `DELETE /api/v1/orders/:id`, or the operation's name. */
  readonly endpoint: string;
  /** `OrdersController.remove`; empty: no handler. */
  readonly handler: string;
  /** Relative to the workspace, with `/`; empty: no code. */
  readonly file: string;
  readonly line: number | undefined;
  readonly reason: string;
  readonly figures: EndpointRow['figures'];
}

/** Rows with requests first, by `order`, a proxy's after them; then, where `all` is asked for, handlers without. */
export function endpointLines(
  { rows }: Pick<EndpointsAnswer, 'rows'>,
  { dir, sort, all }: { dir: string; sort: EndpointOrder; all: boolean },
): readonly EndpointLine[] {
  const lines = rows.map((row) => endpointLine(row, dir));
  const shown = all ? lines : lines.filter(({ figures }) => figures !== undefined);
  return shown.sort(
    (a, b) =>
      orderRank(a.figures) - orderRank(b.figures) ||
      weight(b, sort) - weight(a, sort) ||
      compare(a, b),
  );
}

/** A row of Endpoints as a line. @param dir the workspace */
export function endpointLine(row: EndpointRow, dir: string): EndpointLine {
  const { service, handler, location, figures, reason } = row;
  const place = handler?.location ?? location;
  return {
    service,
    endpoint: endpointTitle(row),
    handler: handler ? `${handler.controller}.${handler.handler}` : '',
    file: place ? shownPath(dir, place.path) : '',
    line: place?.line,
    reason,
    figures,
  };
}

const weight = ({ figures }: EndpointLine, sort: EndpointOrder): number =>
  figures === undefined ? 0 : (orderValue(figures, sort) ?? -1);

const compare = (a: EndpointLine, b: EndpointLine): number =>
  a.endpoint < b.endpoint ? -1 : a.endpoint > b.endpoint ? 1 : 0;

/** What the figures rest on: source, window, how complete. */
export function basisLine(
  { basis, sampledTraces, complete, reason }: EndpointsAnswer,
  source: string,
  windowMinutes: number | undefined,
): string {
  const window = windowText(windowMinutes);
  const counted =
    basis === 'complete'
      ? message('all requests')
      : basis === 'partial'
        ? message('all readable requests')
        : message('sample of {0} traces', sampledTraces ?? 0);
  const cut = complete || reason === '' ? '' : ` ${reason}`;
  return `${source} · ${window} · ${counted}.${cut}`;
}
