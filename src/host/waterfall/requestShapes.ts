import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import { spanRow } from '../../core/base/units.ts';
import type { WaterfallHostMethods } from '../../protocol/waterfall.ts';

type Params<M extends keyof WaterfallHostMethods> = Parameters<WaterfallHostMethods[M]>[0];

/** The longest text a page may put on the clipboard: no attribute that a source accepts is longer. */
const longestCopy = 64_000_000;

/**
 * A page can send anything: each request is checked before it is used.
 * @throws SourceError `rejected`
 */
export const readRowRequest = (params: unknown): Params<'spanDetail'> => ({ row: rowOf(params) });

export function readOpenCode(params: unknown): Params<'openCode'> {
  const alternative = fieldOf(params, 'alternative');
  return {
    row: rowOf(params),
    alternative: alternative === undefined ? undefined : indexOf(alternative),
    beside: fieldOf(params, 'beside') !== false,
  };
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

export const readOpenLinkedTrace = (params: unknown): Params<'openLinkedTrace'> => ({
  row: rowOf(params),
  link: indexOf(fieldOf(params, 'link')),
});

export function readCopy(params: unknown): Params<'copy'> {
  const text = fieldOf(params, 'text');
  if (typeof text !== 'string' || text.length > longestCopy) throw refused();
  return { text };
}

const comparisons = ['=', '>', '>=', '<', '<='] as const;
/** As long as the page's field lets one be. */
const longestCondition = 1_000;

export function readAttributeCondition(params: unknown): Params<'rowsWithAttribute'> {
  const comparison = comparisons.find((one) => one === fieldOf(params, 'comparison'));
  if (comparison === undefined) throw refused();
  return { key: shortText(params, 'key'), comparison, value: shortText(params, 'value') };
}

function shortText(params: unknown, key: string): string {
  const text = fieldOf(params, key);
  if (typeof text !== 'string' || text.length > longestCondition) throw refused();
  return text;
}

const fieldOf = (params: unknown, key: string): unknown =>
  typeof params === 'object' && params !== null
    ? (params as Readonly<Record<string, unknown>>)[key]
    : undefined;

const rowOf = (params: unknown) => spanRow(indexOf(fieldOf(params, 'row')));

function indexOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw refused();
  return value;
}

const refused = () => new SourceError('rejected', message('Invalid request from the page.'));
