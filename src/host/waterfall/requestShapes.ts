import { spanRow } from '../../core/base/units.ts';
import { costKinds } from '../../core/explain/costKind.ts';
import { parseTraceId } from '../../core/trace/traceId.ts';
import { mostPictureBytes, pictureFormats } from '../../protocol/picture.ts';
import { spanFormats } from '../../protocol/spanActions.ts';
import type { LinkRequest } from '../../protocol/spanLinks.ts';
import { selectedBy, type WaterfallHostMethods } from '../../protocol/waterfall.ts';
import { fieldOf, refused } from '../pageRequests.ts';

type Params<M extends keyof WaterfallHostMethods> = Parameters<WaterfallHostMethods[M]>[0];

/** The longest text a page may put on the clipboard: no attribute that a source accepts is longer. */
const longestCopy = 64_000_000;

/**
 * A page can send anything: each request is checked before it is used.
 * @throws SourceError `rejected`
 */
export const readRowRequest = (params: unknown): Params<'spanDetail'> => ({ row: rowOf(params) });

export function readPreviewCode(params: unknown): Params<'previewCode'> {
  const by = selectedBy.find((one) => one === fieldOf(params, 'by'));
  if (by === undefined) throw refused();
  return { row: rowOf(params), by };
}

export function readOpenCode(params: unknown): Params<'openCode'> {
  const alternative = fieldOf(params, 'alternative');
  return {
    row: rowOf(params),
    alternative: alternative === undefined ? undefined : indexOf(alternative),
    beside: fieldOf(params, 'beside') !== false,
  };
}

export const readAttributeRequest = (params: unknown): Params<'formatSql'> => ({
  row: rowOf(params),
  attribute: indexOf(fieldOf(params, 'attribute')),
});

export function readCopySpan(params: unknown): Params<'copySpan'> {
  const format = spanFormats.find((one) => one === fieldOf(params, 'format'));
  if (format === undefined) throw refused();
  return { row: rowOf(params), format };
}

export const readOpenFrame = (params: unknown): Params<'openFrame'> => ({
  row: rowOf(params),
  stack: indexOf(fieldOf(params, 'stack')),
  frame: indexOf(fieldOf(params, 'frame')),
  beside: fieldOf(params, 'beside') !== false,
});

export const readOpenPeer = (params: unknown): Params<'openPeer'> => ({
  row: rowOf(params),
  peer: indexOf(fieldOf(params, 'peer')),
  beside: fieldOf(params, 'beside') !== false,
});

export const readLinkRequest = (params: unknown): LinkRequest => ({
  row: rowOf(params),
  link: indexOf(fieldOf(params, 'link')),
  from: fieldOf(params, 'from') === true,
});

export function readCopy(params: unknown): Params<'copy'> {
  const text = fieldOf(params, 'text');
  if (typeof text !== 'string' || text.length > longestCopy) throw refused();
  return { text };
}

export function readPictureFormat(params: unknown): Params<'savePicture'> {
  const format = pictureFormats.find((one) => one === fieldOf(params, 'format'));
  if (format === undefined) throw refused();
  return { format };
}

/** What a page drew: bytes of a file, and no more than one may have. */
export function readPicture(answer: unknown): Uint8Array {
  const data = fieldOf(answer, 'data');
  if (!(data instanceof Uint8Array) || data.length > mostPictureBytes) throw refused();
  return data;
}

const comparisons = ['=', ':=', '>', '>=', '<', '<='] as const;
/** As long as the page's field lets one be. */
const longestCondition = 1_000;

export function readAttributeCondition(params: unknown): Params<'rowsWithAttribute'> {
  const comparison = comparisons.find((one) => one === fieldOf(params, 'comparison'));
  if (comparison === undefined) throw refused();
  return { key: shortText(params, 'key'), comparison, value: shortText(params, 'value') };
}

export function readCostSelector(params: unknown): Params<'costRows'> {
  const kind = fieldOf(params, 'kind');
  if (kind === undefined) return readRowRequest(params);
  const known = costKinds.find((one) => one === kind);
  if (known === undefined) throw refused();
  return { kind: known };
}

export function readComparisonPart(params: unknown): Params<'comparedRows'> {
  const call = fieldOf(params, 'call');
  return call === undefined ? { line: indexOf(fieldOf(params, 'line')) } : { call: indexOf(call) };
}

export function readComparedWith(params: unknown): Params<'compare'> {
  const traceId = fieldOf(params, 'traceId');
  if (traceId === undefined) return { traceId };
  if (typeof traceId !== 'string' || parseTraceId(traceId) === undefined) throw refused();
  return { traceId };
}

function shortText(params: unknown, key: string): string {
  const text = fieldOf(params, key);
  if (typeof text !== 'string' || text.length > longestCondition) throw refused();
  return text;
}

const rowOf = (params: unknown) => spanRow(indexOf(fieldOf(params, 'row')));

function indexOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw refused();
  return value;
}
