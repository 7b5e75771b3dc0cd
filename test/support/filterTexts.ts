import fc from 'fast-check';

/** What anybody may type into a filter, or call a span: rich in what the filter's language is made of. */
export const anyFilterText = fc.oneof(
  fc.string({ minLength: 1, maxLength: 30 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 250 }),
  fc
    .array(
      fc.constantFrom(
        ...['"', '*', ' ', '\n', '-', '(', ')', ':', '=', '>', 'or', 'and', 'a', '5'],
      ),
      { minLength: 1, maxLength: 12 },
    )
    .map((parts) => parts.join('')),
  fc.constantFrom('or', 'service:', '100 ms', '2min', 'SELECT *\nFROM "Order"', 'x'.repeat(300)),
);
