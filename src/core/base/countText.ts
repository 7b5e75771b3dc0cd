import { formatCount } from './format.ts';
import { message } from './message.ts';

/** `1 span`, `1,204 spans`. */
export const spansText = (count: number): string =>
  count === 1 ? message('1 span') : message('{0} spans', formatCount(count));

/** `1 error`, `12 errors`. */
export const errorsText = (count: number): string =>
  count === 1 ? message('1 error') : message('{0} errors', formatCount(count));

/** A sentence: `1 row.`, `1,204 rows.` */
export const rowsSentence = (count: number): string =>
  count === 1 ? message('1 row.') : message('{0} rows.', formatCount(count));
