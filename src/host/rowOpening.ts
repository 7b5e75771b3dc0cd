import type { OpenManner } from './editor/openCode.ts';
import type { RowTarget } from './targets.ts';

/** The longest that systems take two clicks for one double click. */
const doubleClickMs = 500;

/** Rows that lead somewhere; others of the same trees have no target's fields. */
export const isRowTarget = (row: object): row is RowTarget =>
  'traceId' in row || 'endpointId' in row;

/** How clicks on rows open: the editor runs the same command for a click and for a double click's second one. */
export class RowClicks {
  #last = { row: '', at: -Infinity };

  /** @param now in ms. @param onDouble the user set lists to open by a double click: there is no other. */
  mannerOf(row: RowTarget, now: number, onDouble: boolean): OpenManner {
    const id = idOf(row);
    const isSecond = this.#last.row === id && now - this.#last.at <= doubleClickMs;
    this.#last = isSecond ? { row: '', at: -Infinity } : { row: id, at: now };
    return isSecond || onDouble ? 'keep' : 'look';
  }
}

function idOf(row: RowTarget): string {
  if ('spanId' in row) return JSON.stringify([row.traceId, row.spanId]);
  return 'traceId' in row ? row.traceId : `${row.endpointId} ${row.title}`;
}
