import type { Microseconds } from '../../base/units.ts';
import type { AttributeCondition } from './attributeCondition.ts';
import type { FlagField, LengthField, TextField } from './filterFields.ts';

export type Comparison = '=' | '>' | '>=' | '<' | '<=';

/** A text to be found in a field; `text`: in whatever the row shows. */
export interface TextTerm {
  readonly field: 'text' | TextField;
  readonly text: string;
  /** `part`: anywhere, in any case. `whole`: all of it, in any case, quotes aside. `letters`: all of it, as it is. */
  readonly fits: 'part' | 'whole' | 'letters';
  /** Of a text like `servise:shop`: what stands where a field could. */
  readonly unknownField?: string;
}

/** A length of time to compare with. */
export interface LengthTerm {
  readonly field: LengthField;
  readonly comparison: Comparison;
  readonly than: Microseconds;
  /** How far off `=` may be. */
  readonly tolerance: Microseconds;
}

/** One condition of a filter. */
export type FilterTerm =
  | TextTerm
  | LengthTerm
  | { readonly field: FlagField; readonly is: boolean }
  | { readonly field: 'attribute'; readonly condition: AttributeCondition };

/** What a span must meet. */
export type FilterExpression =
  | { readonly kind: 'term'; readonly term: FilterTerm }
  | { readonly kind: 'not'; readonly part: FilterExpression }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly FilterExpression[] };

/** All parts joined; undefined where there are none. */
export function joined(
  kind: 'and' | 'or',
  parts: readonly FilterExpression[],
): FilterExpression | undefined {
  return parts.length > 1 ? { kind, parts } : parts[0];
}

/** The conditions of an expression, as they stand. */
export function termsOf(expression: FilterExpression | undefined): readonly FilterTerm[] {
  if (!expression) return [];
  switch (expression.kind) {
    case 'term':
      return [expression.term];
    case 'not':
      return termsOf(expression.part);
    default:
      return expression.parts.flatMap(termsOf);
  }
}
