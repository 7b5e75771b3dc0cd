/** A position counting from 1, as `CodeLocation` does. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** An edit: the text from `start` to `end` (excluded) became something with `lineBreaks` line breaks. */
export interface TextEdit {
  readonly start: Position;
  readonly end: Position;
  readonly lineBreaks: number;
}

/**
 * The line on which what stood at `position` stands after the edit. Inside the replaced text: the line
 * where the replacement ends. It keeps lenses on their methods until the index has read the new text.
 */
export function shiftedLine(position: Position, { start, end, lineBreaks }: TextEdit): number {
  if (isBefore(position, start)) return position.line;
  if (isBefore(position, end)) return start.line + lineBreaks;
  return position.line + lineBreaks - (end.line - start.line);
}

const isBefore = (a: Position, b: Position) =>
  a.line < b.line || (a.line === b.line && a.column < b.column);

/** Where each line is after these edits of one change; undefined: they move none. */
export function lineMove(edits: readonly TextEdit[]): ((line: number) => number) | undefined {
  if (edits.every(({ start, end, lineBreaks }) => lineBreaks === 0 && start.line === end.line))
    return undefined;
  const lastFirst = edits.toSorted((a, b) => b.start.line - a.start.line);
  return (line) => lastFirst.reduce((at, edit) => shiftedLine({ line: at, column: 1 }, edit), line);
}
