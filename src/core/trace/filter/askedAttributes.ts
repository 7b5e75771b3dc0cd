import type { TraceShape } from '../trace.ts';
import type { AttributeCondition } from './attributeCondition.ts';
import { termsOf, type FilterExpression, type TextTerm } from './filterExpression.ts';
import { columnsOf, foundNames, type RowPlaces } from './rowNames.ts';

/** What has to be known of attributes before an expression can be answered. */
export const askedAttributes = (
  shape: TraceShape,
  expression: FilterExpression | undefined,
  places: RowPlaces,
): readonly AttributeCondition[] =>
  termsOf(expression).flatMap((term) => {
    if (term.field === 'attribute') return [term.condition];
    return term.field === 'text' && !isShown(term, shape, places) ? [anywhere(term)] : [];
  });

/** Whether a row shows the text; one that none shows is looked for in attributes. */
export const isShown = (term: TextTerm, shape: TraceShape, places: RowPlaces): boolean =>
  columnsOf(term, shape, places).some((column) => foundNames(term, column).includes(1));

/** The text in the value of any attribute. */
export const anywhere = ({ text }: TextTerm): AttributeCondition => ({
  key: '*',
  comparison: '=',
  value: `*${text}*`,
});
