import { withoutEscapes } from '../../base/escapeSequences.ts';

/** A line of a stack trace: where, and in which function. */
export interface StackFrame {
  readonly path: string;
  readonly line: number;
  /** 1 where the language tells none. */
  readonly column: number;
  /** `OrdersService.remove`; empty when the frame has none. */
  readonly functionName: string;
  /** The frame as it was recorded, on one line. */
  readonly text: string;
}

const maxLines = 200;
const maxLineLength = 1_000;

/** Cut in number and length: a span's text may be megabytes. Without the colors that a terminal was meant to show. */
export function firstLines(text: string): readonly string[] {
  return withoutEscapes(text.slice(0, maxLines * maxLineLength))
    .split('\n', maxLines)
    .filter((line) => line.length <= maxLineLength);
}
