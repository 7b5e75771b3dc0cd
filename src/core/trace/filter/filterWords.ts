import { fieldNamed } from './filterFields.ts';
import { isTimeUnit, parseTimeLength } from './timeLength.ts';

/** Words with their quoted parts: `-service:"shop api"`. A quote that isn't closed ends with the text. */
const word = /(?:[^\s"]|"[^"]*(?:"|$))+/gu;
const comparison = String.raw`(?:[<>]=?|!?=)`;
const endsWithComparison = new RegExp(`^[^"]*${comparison}$`, 'u');
const startsWithComparison = new RegExp(`^${comparison}`, 'u');
/** What stands behind the last sign. */
const value = /^(?:.*[<>=:-])?(.+)$/su;
const plain = /^-?[a-z_][\w.\-/]*$/iu;

/** Words of a filter; spaces within one (`duration > 1 s`, `service: shop`, `key = value`) are taken out. */
export function filterWords(query: string): readonly string[] {
  const typed: readonly string[] = query.match(word) ?? [];
  return joined(joined(joined(typed, isOneLength), isUnfinished), isCompared);
}

function joined(
  words: readonly string[],
  areOne: (word: string, next: string) => boolean,
): readonly string[] {
  const result: string[] = [];
  for (const next of words) {
    const last = result.at(-1);
    if (last !== undefined && areOne(last, next)) result[result.length - 1] = last + next;
    else result.push(next);
  }
  return result;
}

/** `100` and `ms`; `2min` and `0`, `2min0` and `s`, as minutes and more are shown. */
function isOneLength(last: string, next: string): boolean {
  const before = value.exec(last)?.[1] ?? '';
  if (isTimeUnit(next)) return /^(?:\d+[a-z]+)*\d*\.?\d+$/iu.test(before);
  const isCoarse = /(?:m|min|h|d)$/iu.test(before) && parseTimeLength(before) !== undefined;
  return isCoarse && /^\d+(?:\.\d+)?(?:s|m|min|h)?$/iu.test(next);
}

/** `>` and `100ms`, `service:` and `shop`. */
function isUnfinished(last: string, next: string): boolean {
  if (startsWithComparison.test(next)) return false;
  if (last.endsWith(':')) return fieldNamed(last.replace(/^-/u, '').slice(0, -1)) !== undefined;
  return endsWithComparison.test(last);
}

/** `key` and `=value`, `duration` and `>1s`, `http.status_code` and `>400`; but `>100ms` behind a text is the span's. */
function isCompared(last: string, next: string): boolean {
  if (!startsWithComparison.test(next) || !plain.test(last)) return false;
  if (/^-?duration$/iu.test(last) || /^!?=/u.test(next)) return true;
  return (
    last.includes('.') && parseTimeLength(next.replace(startsWithComparison, '')) === undefined
  );
}
