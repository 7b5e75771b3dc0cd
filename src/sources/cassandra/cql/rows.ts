import { message } from '../../../core/base/message.ts';
import { SourceError } from '../../../core/base/sourceError.ts';
import type { Driver } from './driver.ts';

/**
 * One row by the names of its columns: text, number, boolean, `bigint` for bigint, `Date` for timestamp, `Buffer` for
 * blob, arrays for lists, objects for user-defined types; null where there is nothing.
 */
export type CqlRow = Readonly<Record<string, unknown>>;

/** A value to bind: `bigint` for bigint, `Date` for timestamp, number for int, `Buffer` for blob. */
export type CqlValue = string | number | bigint | boolean | Date | Buffer | readonly CqlValue[];

export interface RowsOptions {
  readonly signal: AbortSignal;
  /** Rows of a page at most; servers may send fewer, or none with more to come. */
  readonly fetchSize?: number;
}

export interface Page {
  readonly rows: readonly Driver.types.Row[];
  /** Undefined: it was the last. */
  readonly next: string | undefined;
  /** From when it was its turn. */
  readonly milliseconds: number;
  /** On the wire. */
  readonly bytes: number;
}

export interface PageLimits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly shown: string;
}

/**
 * The rows of an answer, page by page, until the server has no more: it says so, and neither a short page nor
 * an empty one does (ScyllaDB cuts pages at about 1 MB and sends empty ones over deleted rows). The next page
 * is asked for once the rows before it are taken: whoever has enough stops asking.
 * @param ask for the page at a place; with the milliseconds there are left
 * @throws SourceError `timedOut` when waiting for pages took longer than `timeoutMs` in all, `tooLarge`
 */
export async function* readRows(
  ask: (at: string | undefined, leftMs: number) => Promise<Page>,
  { timeoutMs, maxBytes, shown }: PageLimits,
  timedOut: () => SourceError,
): AsyncGenerator<CqlRow, void> {
  let [waited, bytes] = [0, 0];
  let at: string | undefined;
  do {
    if (waited >= timeoutMs) throw timedOut();
    const page = await ask(at, timeoutMs - waited);
    waited += page.milliseconds;
    bytes += page.bytes;
    if (bytes > maxBytes) throw tooLarge(shown, maxBytes);
    yield* page.rows;
    at = page.next;
  } while (at !== undefined);
}

export const tooLarge = (shown: string, maxBytes: number): SourceError =>
  new SourceError(
    'tooLarge',
    message(
      'The response from {0} is larger than {1} MB. Shorten the time range, reduce the number of traces, or increase the maximum response size in Settings.',
      shown,
      Math.round(maxBytes / 1e5) / 10,
    ),
  );
