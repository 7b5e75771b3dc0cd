import { message } from '../base/message.ts';
import { fieldNames } from '../trace/filter/filterFields.ts';
import { addUnit } from '../trace/filter/parseTerm.ts';
import type { SpanFilter } from '../trace/filter/parseSpanFilter.ts';

/** What is known of a filter once it was looked for. */
export interface FilterOutcome {
  readonly filter: SpanFilter;
  /** Undefined while it is still being looked for, and where nothing is. */
  readonly matchCount: number | undefined;
  /** Attributes of the filter that no span of the trace has. */
  readonly unknownKeys: readonly string[];
}

/** What to say beside a filter, as sentences: what of it was left out, and why it finds nothing; empty when all is well. */
export function filterNotes({ filter, matchCount, unknownKeys }: FilterOutcome): readonly string[] {
  const unknown = [...new Set(unknownKeys)].map((key) =>
    message('No span in this trace has attribute {0}.', key),
  );
  const problems = new Set([
    ...filter.problems,
    ...filter.hints,
    ...missingUnits(filter, unknownKeys),
  ]);
  const notes = [...[...problems].map((problem) => `${problem}.`), ...unknown];
  if (matchCount !== 0) return notes;
  const fields = filter.terms.flatMap((term) =>
    term.field === 'text' && term.unknownField !== undefined ? [term.unknownField] : [],
  );
  const hints = [...new Set(fields)].map((field) =>
    message(
      'Unknown field {0}. Use {1}, or {0}=value for an attribute.',
      field,
      fieldNames.join(', '),
    ),
  );
  const [none, example] = foundNothing();
  return notes.length + hints.length > 0 ? [none, ...notes, ...hints] : [none, example];
}

/** `orders >100` is a text and a duration where there is no attribute `orders`; one with a dot is meant as an attribute. */
const missingUnits = ({ terms }: SpanFilter, unknownKeys: readonly string[]): readonly string[] =>
  terms.flatMap((term) => {
    if (term.field !== 'attribute') return [];
    const { key, comparison, value } = term.condition;
    const isMeant = /[<>]/u.test(comparison) && !key.includes('.') && unknownKeys.includes(key);
    return isMeant ? [addUnit(`${comparison}${value}`)] : [];
  });

/** The notes with a sentence that says which of the filter's values fits nothing, which is why nothing is found. */
export const withReason = (reason: string, notes: readonly string[]): readonly string[] => {
  const found = foundNothing();
  return [reason, ...notes.filter((note) => !found.includes(note))];
};

const foundNothing = (): readonly [string, string] => [
  message('No matching spans.'),
  message('Try part of a name or file, service:name, >100 ms or http.route=/path.'),
];
