import { formatCount } from '../../base/format.ts';
import { message } from '../../base/message.ts';
import { shortened, visibleText } from '../../base/visibleText.ts';
import type { SeenException } from './exceptions.ts';

/** How many traces were looked at. */
export interface ExceptionBasis {
  readonly sampledTraces: number;
  /** They are all that the time range has. */
  readonly isWhole: boolean;
}

const longestTitle = 120;

/** `TypeError: Cannot read properties of undefined`, on one line; what hides or reorders text in it is made visible. */
export function exceptionTitle({ type, message: said }: SeenException): string {
  const summary = summaryOf(said);
  return visibleText(shortened(summary === '' ? type : `${type}: ${summary}`, longestTitle));
}

/** What it said, as in the title; empty: nothing. */
export const exceptionSummary = ({ message: said }: SeenException): string =>
  visibleText(shortened(summaryOf(said), longestTitle));

/** `10 × TypeError`. */
export const countedException = ({ type, requests }: SeenException): string =>
  `${formatCount(requests)} × ${visibleText(type)}`;

/** Its first line; of Prisma's errors the last one, since they begin with the code of the call. */
function summaryOf(said: string): string {
  const lines = said
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const [first = ''] = lines;
  return /^Invalid `.*` invocation/.test(first) ? (lines.at(-1) ?? '') : first;
}

/** Types that a line's lens names. */
const mostTypes = 2;

/** Above a line: `10 × TypeError`, `10 × TypeError · 2 × RangeError +1`. */
export function exceptionsLens(exceptions: readonly SeenException[]): string {
  const named = exceptions.slice(0, mostTypes).map(countedException);
  const more = exceptions.length - named.length;
  return `${named.join(' · ')}${more > 0 ? ` +${more}` : ''}`;
}

/** `Requests that recorded it, in a sample of 200 traces: 10.` */
export function exceptionSentence({ requests }: SeenException, basis: ExceptionBasis): string {
  const count = formatCount(requests);
  return basis.isWhole
    ? message('Requests that recorded it in this time range: {0}.', count)
    : message(
        'Requests that recorded it, in a sample of {0} traces: {1}.',
        formatCount(basis.sampledTraces),
        count,
      );
}
