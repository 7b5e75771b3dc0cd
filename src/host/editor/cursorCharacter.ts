/** Characters of a line that any editor shows without scrolling. */
const inSight = 80;

/**
 * Where the cursor goes on a line, counted from 0: to the column (from 1) where the line has code there that is in
 * sight from its start, else to the first character that isn't blank. Columns are recorded in code that may have
 * been built, or has changed since.
 */
export function cursorCharacter(text: string, column: number): number {
  const character = Math.trunc(column) - 1;
  const first = Math.max(0, text.search(/\S/u));
  return character > first && character < Math.min(text.length, inSight) ? character : first;
}
