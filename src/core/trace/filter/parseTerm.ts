import { message } from '../../base/message.ts';
import { spanKinds, spanStatuses } from '../trace.ts';
import type { AttributeCondition } from './attributeCondition.ts';
import { bareKey } from './bareKey.ts';
import {
  fieldNamed,
  isFlagField,
  isLengthField,
  type FlagField,
  type LengthField,
  type TextField,
} from './filterFields.ts';
import type { Comparison, FilterTerm } from './filterExpression.ts';
import { isNumber } from './number.ts';
import { unquote } from './quotes.ts';
import { nameTest } from './rowNames.ts';
import { parseTimeLength } from './timeLength.ts';

/** A term, turned round by its own operator (`!=`) where `isOther`. */
export interface ParsedTerm {
  readonly term: FilterTerm;
  readonly isOther: boolean;
}

/** Names a field or an attribute (which may stand in quotes), how it is compared, and with what. */
const comparisonOf = new RegExp(
  String.raw`^("(?:[^"]|"")+"(?=[=<>!]|:=)|${bareKey})(:=|:?[<>]=?|!=|:|=)(.*)$`,
  'su',
);
const lengths = /^(>=|<=|!=|>|<|=)(.*)$/su;
/** What a middleware without a name is called. */
const bracketed = /^<[^<>]+>$/u;

/** A word of a filter, without the `-` in front of it; a sentence: what is wrong with it. */
export function parseTerm(typed: string): ParsedTerm | string {
  const compared = lengths.exec(typed);
  if (compared && !bracketed.test(typed))
    return lengthTerm('duration', compared[1] ?? '', compared[2] ?? '', typed);
  if (parseTimeLength(typed)) return lengthTerm('duration', '=', typed, typed);
  if (/^errors?$/iu.test(typed)) return so({ field: 'status', text: 'error', fits: 'part' });
  if (/^critical$/iu.test(typed)) return so({ field: 'critical', is: true });
  const named = comparisonOf.exec(typed);
  if (!named) return textTerm(typed);
  const [, name = '', operator = '', rest = ''] = named;
  const field = name.startsWith('"') ? undefined : fieldNamed(name);
  if (!field && operator.startsWith(':') && operator !== ':=') return textTerm(typed, name);
  if (unquote(rest) === '' && !rest.includes('"'))
    return message('Type a value after {0}', `${name}${operator}`);
  if (!field) return attributeTerm(name, operator, rest);
  if (isLengthField(field)) return namedLength(field, operator, rest, typed);
  if (/[<>]/u.test(operator)) return message("{0} can't be compared. Use {0}:text", name);
  return isFlagField(field)
    ? flagTerm(field, name, operator, rest)
    : fieldTerm(field, name, operator, rest);
}

const so = (term: FilterTerm, isOther = false): ParsedTerm => ({ term, isOther });

/** @param unknownField what stands before a colon: names and places hold colons too (`prisma:client`, `orders.service.ts:31`) */
const textTerm = (typed: string, unknownField?: string): ParsedTerm =>
  so({
    field: 'text',
    text: unquote(typed),
    fits: 'part',
    ...(unknownField !== undefined && { unknownField }),
  });

function attributeTerm(name: string, operator: string, rest: string): ParsedTerm | string {
  const value = unquote(rest);
  const isOther = operator === '!=';
  const comparison = isOther ? '=' : (operator as AttributeCondition['comparison']);
  if (/[<>]/u.test(comparison) && !isNumber(value))
    return message('Type a number after {0}', `${name}${operator}`);
  return so({ field: 'attribute', condition: { key: unquote(name), comparison, value } }, isOther);
}

function fieldTerm(
  field: TextField,
  name: string,
  operator: string,
  rest: string,
): ParsedTerm | string {
  const text = unquote(rest);
  const fits = operator === ':' ? 'part' : operator === ':=' ? 'letters' : 'whole';
  const term = { field, text, fits } as const;
  const choices = choicesOf(field);
  if (choices && !choices.some(nameTest(term)))
    return message('{0} must be one of {1}', name, choices.join(', '));
  return so(term, operator === '!=');
}

const choicesOf = (field: TextField): readonly string[] | undefined =>
  field === 'kind' ? spanKinds : field === 'status' ? spanStatuses : undefined;

const flags = new Map([
  ['yes', true],
  ['true', true],
  ['no', false],
  ['false', false],
]);

function flagTerm(
  field: FlagField,
  name: string,
  operator: string,
  rest: string,
): ParsedTerm | string {
  const is = flags.get(unquote(rest).toLowerCase());
  if (is === undefined) return message('{0} must be one of {1}', name, 'yes, no');
  return so({ field, is }, operator === '!=');
}

/** `duration > 1 s`, `duration:>1s`, `self:10ms`. */
function namedLength(
  field: LengthField,
  operator: string,
  rest: string,
  typed: string,
): ParsedTerm | string {
  const compared = operator === ':' ? lengths.exec(rest) : undefined;
  if (compared) return lengthTerm(field, compared[1] ?? '', compared[2] ?? '', typed);
  return lengthTerm(field, operator.replace(':', '') || '=', rest, typed);
}

function lengthTerm(
  field: LengthField,
  operator: string,
  rest: string,
  typed: string,
): ParsedTerm | string {
  const isOther = operator === '!=';
  const comparison = isOther ? '=' : (operator as Comparison);
  const text = unquote(rest).replaceAll(/\s/gu, '');
  const parsed = parseTimeLength(text);
  if (parsed)
    return so({ field, comparison, than: parsed.length, tolerance: parsed.tolerance }, isOther);
  if (text === '') return message('Type a duration after {0}, such as 100 ms', typed);
  if (isNumber(text) || parseTimeLength(`${text}s`)) return addUnit(typed);
  return message('Invalid duration {0}. Use µs, ms, s, min or h', text);
}

/** What is said of `>100`. */
export const addUnit = (typed: string): string =>
  message('Add a unit: {0} µs, {0} ms or {0} s', typed);
