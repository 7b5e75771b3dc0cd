import { anyCase } from '../../../base/anyCase.ts';
import type { TextField } from '../filterFields.ts';
import { filterTerm } from '../filterTerm.ts';
import type { CountedText, FilterWords } from './filterWords.ts';

const isLine = (text: string): boolean => /:\d+$/u.test(text);

/** Names of this trace in a field; a file stands for all of its lines, until what no file has is typed. */
export function namesOf(
  field: TextField,
  typed: string,
  words: FilterWords,
): readonly CountedText[] {
  if (field !== 'code') return words[field];
  const wanted = anyCase(typed);
  const files = words.code.filter(({ text }) => !isLine(text));
  const isOfFile = files.some(({ text }) => anyCase(text).includes(wanted));
  return isOfFile ? files : words.code.filter(({ text }) => isLine(text));
}

/** The term that finds a name: all of it, but of a file any line. */
export const nameTerm = (field: TextField, key: string, name: string): string =>
  field === 'code' && !isLine(name)
    ? filterTerm(key, name).replace(':=', ':')
    : filterTerm(key, name);
