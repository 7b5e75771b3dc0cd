import { message } from '../../base/message.ts';
import type { Microseconds } from '../../base/units.ts';
import { spanKinds, spanStatuses } from '../trace.ts';
import type { AttributeCondition } from './attributeCondition.ts';
import { fieldNamed, type FilterField } from './filterFields.ts';
import { filterWords } from './filterWords.ts';
import { parseTimeLength } from './timeLength.ts';

type Comparison = AttributeCondition['comparison'];

type TermBody =
  | {
      readonly field: 'text' | Exclude<FilterField, 'duration'>;
      readonly text: string;
      /** `part`: anywhere, in any case. `whole`: all of it, in any case. `letters`: all of it, as it is; quotes aside. */
      readonly fits: 'part' | 'whole' | 'letters';
      /** Of a text like `servise:shop`: what stands where a field could. */
      readonly unknownField?: string;
    }
  | { readonly field: 'critical' }
  | {
      readonly field: 'duration';
      readonly comparison: Comparison;
      readonly than: Microseconds;
      /** How far off `=` may be. */
      readonly tolerance: Microseconds;
    }
  | { readonly field: 'attribute'; readonly condition: AttributeCondition };

/** One condition of a filter. */
export type FilterTerm = TermBody & { readonly negated: boolean };

/** What a filter asks, and what of it isn't understood (and left out), in sentences. */
export interface SpanFilter {
  readonly terms: readonly FilterTerm[];
  readonly problems: readonly string[];
}

const operators = /^([a-z_][\w.\-/]*)(:=|:?[<>]=?|!=|:|=)(.*)$/isu;
const lengths = /^(>=|<=|>|<|=)(.*)$/su;

/**
 * Reads a filter as a user types it; a span must meet all terms. `service:`, `name:`, `kind:`, `status:` and `file:`
 * look in that field (`service=shop` for all of it, `service:=shop` letter by letter), `error` is `status:error`,
 * `critical` is the critical path, `>100 ms` (`<`, `>=`, `<=`; ns, µs, ms, s, min, h, d) compares the duration and
 * `9.01 ms` is one that is shown so, `key=value` (`!=`, `>`, `>=`, `<`, `<=`; `*` for any text) is an attribute, a
 * leading `-` turns a term round, quotes keep spaces together, and everything else is text to be found in what a row
 * shows.
 */
export function parseSpanFilter(query: string): SpanFilter {
  const terms: FilterTerm[] = [];
  const problems: string[] = [];
  for (const typed of filterWords(query)) {
    const isNegated = typed.length > 1 && typed.startsWith('-');
    const body = parseTerm(isNegated ? typed.slice(1) : typed);
    if (typeof body === 'string') problems.push(body);
    else terms.push(withSign(body, isNegated));
  }
  return { terms, problems };
}

const withSign = (
  { isOther, ...body }: TermBody & { readonly isOther?: true },
  isNegated: boolean,
): FilterTerm => ({ ...body, negated: isNegated !== (isOther === true) });

/** A term, turned round by its own operator where `isOther`; or what is wrong with it. */
type Parsed = (TermBody & { readonly isOther?: true }) | string;

function parseTerm(typed: string): Parsed {
  const compared = lengths.exec(typed);
  if (compared) return parseDuration(compared[1] as Comparison, compared[2] ?? '', typed);
  if (parseTimeLength(typed)) return parseDuration('=', typed, typed);
  if (/^errors?$/iu.test(typed)) return { field: 'status', text: 'error', fits: 'part' };
  if (/^critical$/iu.test(typed)) return { field: 'critical' };
  const named = operators.exec(typed);
  if (!named) return textTerm(typed);
  const [, name = '', operator = '', rest = ''] = named;
  const field = fieldNamed(name);
  if (field === undefined) return parseUnnamed(typed, name, operator, rest);
  if (unquote(rest) === '' && !rest.includes('"'))
    return message('Type a value after {0}', `${name}${operator}`);
  return field === 'duration'
    ? durationTerm(operator, rest, typed)
    : fieldTerm({ field, name, operator, rest });
}

const textTerm = (typed: string): TermBody => ({
  field: 'text',
  text: unquote(typed),
  fits: 'part',
});

/** Behind a colon stands the rest of a text (`prisma:client`, `orders.service.ts:31`); else it is an attribute. */
function parseUnnamed(typed: string, name: string, operator: string, rest: string): Parsed {
  if (operator.startsWith(':')) return { ...textTerm(typed), unknownField: name } as TermBody;
  const value = unquote(rest);
  if (value === '' && !rest.includes('"'))
    return message('Type a value after {0}', `${name}${operator}`);
  const isOther = operator === '!=';
  const comparison = isOther ? '=' : (operator as Comparison);
  if (comparison !== '=' && !isNumber(value))
    return message('Type a number after {0}', `${name}${operator}`);
  const condition = { key: name, comparison, value };
  return { field: 'attribute', condition, ...(isOther && { isOther }) };
}

function fieldTerm(typed: {
  readonly field: Exclude<FilterField, 'duration'>;
  readonly name: string;
  readonly operator: string;
  readonly rest: string;
}): Parsed {
  const { field, name, operator, rest } = typed;
  if (/[<>]/u.test(operator)) return message("{0} can't be compared. Use {0}:text", name);
  const text = unquote(rest);
  const choices = { kind: spanKinds, status: spanStatuses }[field as 'kind'] as
    readonly string[] | undefined;
  if (choices && !choices.some((choice) => choice.includes(text.toLowerCase())))
    return message('{0} must be one of {1}', name, choices.join(', '));
  const fits = operator === ':' ? 'part' : operator === ':=' ? 'letters' : 'whole';
  return { field, text, fits, ...(operator === '!=' && { isOther: true as const }) };
}

function durationTerm(operator: string, rest: string, typed: string): Parsed {
  const comparison = lengths.exec(rest);
  if (operator === ':' && comparison)
    return parseDuration(comparison[1] as Comparison, comparison[2] ?? '', typed);
  const isOther = operator === '!=';
  const body = parseDuration(
    isOther ? '=' : ((operator.replace(':', '') || '=') as Comparison),
    rest,
    typed,
  );
  return typeof body === 'string' || !isOther ? body : { ...body, isOther };
}

function parseDuration(comparison: Comparison, rest: string, typed: string): Parsed {
  const text = unquote(rest).replaceAll(/\s/gu, '');
  const parsed = parseTimeLength(text);
  if (parsed)
    return { field: 'duration', comparison, than: parsed.length, tolerance: parsed.tolerance };
  if (text === '') return message('Type a duration after {0}, such as 100 ms', typed);
  if (isNumber(text)) return message('Add a unit: {0} µs, {0} ms or {0} s', typed);
  return message('Invalid duration {0}. Use µs, ms, s, min or h', text);
}

const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

export const unquote = (text: string): string => text.replaceAll('"', '');
