import { anyCase } from '../../../base/anyCase.ts';
import { spansText } from '../../../base/countText.ts';
import { message } from '../../../base/message.ts';
import { fieldNamed, isFlagField, isLengthField, type TextField } from '../filterFields.ts';
import { attributeTerm } from '../filterTerm.ts';
import { oneLine, unquote } from '../quotes.ts';
import { nameTest } from '../rowNames.ts';
import type { CompletionOption } from './completionOption.ts';
import { fitting } from './fitting.ts';
import { namesOf, nameTerm } from './names.ts';
import { textOf, type CountedText, type FilterWords } from './filterWords.ts';

/** A term that is being typed, behind its sign. */
export interface TypedValue {
  /** `-`, or empty. */
  readonly sign: string;
  readonly key: string;
  readonly operator: string;
  readonly value: string;
}

interface Options {
  readonly options: readonly CompletionOption[];
  /** Said where there are none; empty where there may be. */
  readonly nothing: string;
}

const limits = { most: 50, from: 'within' } as const;
const none: Options = { options: [], nothing: '' };
const lengths = [':>1ms', ':>10ms', ':>100ms', ':>1s'];

/** The values of a field or attribute of this trace that fit what is typed behind it. */
export function valueOptions(typed: TypedValue, words: FilterWords): Options {
  const { key, operator, value } = typed;
  const field = key.startsWith('"') ? undefined : fieldNamed(key);
  if (field && isLengthField(field)) {
    const wanted = lengths.filter((one) => one.startsWith(operator + value));
    return { options: wanted.map((one) => option(typed, key + one, '')), nothing: '' };
  }
  if (/[<>]/u.test(operator)) return none;
  if (field === undefined) return attributeValues(typed, words);
  const wanted = unquote(value);
  if (isFlagField(field)) {
    const flags = ['yes', 'no'].filter((one) => one.startsWith(wanted.toLowerCase()));
    return { options: flags.map((one) => option(typed, `${key}:${one}`, '')), nothing: '' };
  }
  const names = fitting(namesOf(field, wanted, words), textOnOneLine, wanted, limits);
  const fits = operator === ':' ? 'part' : 'whole';
  const isFound = nameTest({ field, text: wanted, fits });
  return {
    options: names.map(({ text, count }) =>
      option(typed, nameTerm(field, key, text), spansText(count)),
    ),
    nothing: words[field].some(({ text }) => isFound(text)) ? '' : nothingCalled(field, wanted),
  };
}

/** A name as the filter looks at it. */
const textOnOneLine = ({ text }: CountedText): string => oneLine(text);

function nothingCalled(field: TextField, typed: string): string {
  switch (field) {
    case 'service':
      return message('No service in this trace contains {0}.', typed);
    case 'operation':
      return message('No operation in this trace contains {0}.', typed);
    case 'code':
      if (typed === '') return message('No span in this trace has a line of code.');
      return message('No file in this trace contains {0}.', typed);
    default:
      return '';
  }
}

function attributeValues(typed: TypedValue, { attributes }: FilterWords): Options {
  const { key, operator, value } = typed;
  // Behind a colon it is a text.
  if (operator === ':' || !attributes) return none;
  const name = unquote(key);
  const known = attributes.filter((one) => anyCase(one.key) === anyCase(name));
  const wanted = unquote(value);
  const values = known.flatMap(({ key: ofKey, values: all }) =>
    fitting(all, textOf, wanted, limits).map(({ text, count }) =>
      option(typed, attributeTerm(ofKey, text), spansText(count)),
    ),
  );
  const isSure = known.length > 0 && known.every(({ isWhole }) => isWhole) && !wanted.includes('*');
  const nothing = isSure
    ? message('No value of {0} in this trace contains {1}.', name, wanted)
    : '';
  return { options: values, nothing };
}

/** `!=` is said by a `-` in front, which any value can have. */
function option({ sign, operator }: TypedValue, term: string, detail: string): CompletionOption {
  const isNegated = (sign === '-') !== (operator === '!=');
  return { text: `${isNegated ? '-' : ''}${term}`, detail, isOpen: false };
}
