import type { TextField } from '../filterFields.ts';
import { filterTerm } from '../filterTerm.ts';
import type { CountedText, FilterWords } from './filterWords.ts';

const isLine = (text: string): boolean => /:\d+$/u.test(text);

/** Names of this trace in a field; a file stands for all of its lines, until a line is typed. */
export const namesOf = (
  field: TextField,
  typed: string,
  words: FilterWords,
): readonly CountedText[] =>
  field === 'code'
    ? words.code.filter(({ text }) => isLine(text) === typed.includes(':'))
    : words[field];

/** The term that finds a name: all of it, but of a file any line. */
export const nameTerm = (field: TextField, key: string, name: string): string =>
  field === 'code' && !isLine(name)
    ? filterTerm(key, name).replace(':=', ':')
    : filterTerm(key, name);
