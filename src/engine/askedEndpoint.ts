import { message } from '../core/base/message.ts';
import { SourceError } from '../core/base/sourceError.ts';
import { handlerTitle } from '../core/code/nest/handlerTitle.ts';
import type { EndpointRow } from '../core/correlate/endpoints/endpoints.ts';
import {
  addressOf,
  isRequestKey,
  operationName,
} from '../core/matching/operations/operationKey.ts';

/** Named in a sentence about several. */
const mostNamed = 5;

/**
 * The endpoint that somebody names: `DELETE /api/v1/orders/:id`, `/api/v1/orders/:id`, `OrdersController.remove`, or a
 * part of one of these, in any case. One that was called goes before those that weren't.
 * @throws SourceError `notFound` when there is none, `rejected` when there are several
 */
export function askedEndpoint(asked: string, rows: readonly EndpointRow[]): EndpointRow {
  const wanted = plain(asked);
  const fits = [
    (row: EndpointRow) => plain(endpointTitle(row)) === wanted,
    (row: EndpointRow) => plain(symbolOf(row)) === wanted || plain(pathOf(row)) === wanted,
    (row: EndpointRow) => plain(`${endpointTitle(row)}\n${symbolOf(row)}`).includes(wanted),
  ];
  for (const fit of fits) {
    const found = rows.filter(fit);
    const called = found.filter(({ figures }) => figures !== undefined);
    const [first, ...others] = called.length > 0 ? called : found;
    if (first === undefined) continue;
    if (others.length === 0) return first;
    throw new SourceError('rejected', severalFit(asked, [first, ...others]));
  }
  throw new SourceError('notFound', message('No endpoint found for {0}.', asked));
}

function severalFit(asked: string, rows: readonly EndpointRow[]): string {
  const names = rows.slice(0, mostNamed).map(endpointTitle).join(', ');
  return rows.length > mostNamed
    ? message('{0} fits {1} endpoints: {2}, … Name one.', asked, rows.length, names)
    : message('{0} fits {1} endpoints: {2}. Name one.', asked, rows.length, names);
}

/** What a row is called: `DELETE /api/v1/orders/:id`. */
export const endpointTitle = ({ handler, key }: EndpointRow): string =>
  handler === undefined ? (key === undefined ? '' : operationName(key)) : handlerTitle(handler);

const symbolOf = ({ handler }: EndpointRow): string =>
  handler === undefined ? '' : `${handler.controller}.${handler.handler}`;

function pathOf({ handler, key }: EndpointRow): string {
  if (handler?.kind === 'http') return handler.path;
  return key !== undefined && isRequestKey(key) ? addressOf(key) : '';
}

/** `{id}` and `:id` are one; case and a slash at the end don't count. */
const plain = (text: string): string =>
  text
    .trim()
    .replace(/\{([^{}/]*)\}/g, ':$1')
    .replace(/(?<=.)\/$/, '')
    .toLowerCase();
