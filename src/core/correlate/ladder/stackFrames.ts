/** A line of a stack trace: where, and in which function. */
export interface StackFrame {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** `OrdersService.remove`; empty when the frame has none. */
  readonly functionName: string;
}

const maxLines = 100;
const maxLineLength = 1_000;
const place = /^(.*):(\d{1,9}):(\d{1,9})$/;

/**
 * Frames of a V8 stack trace, innermost first: `at f (/a/b.js:1:2)`, `at async C.m (file:///a.js:1:2)`,
 * `at /a.js:1:2`. What isn't a frame is passed over; only the first hundred lines are looked at.
 */
export function parseStack(stack: string): readonly StackFrame[] {
  const frames: StackFrame[] = [];
  for (const line of firstLines(stack)) {
    const text = line.trim();
    if (!text.startsWith('at ')) continue;
    const open = text.endsWith(')') ? text.lastIndexOf('(') : -1;
    const where = open === -1 ? text.slice(3).replace(/^async /, '') : text.slice(open + 1, -1);
    const [, path, row, column] = place.exec(where) ?? [];
    if (path === undefined) continue;
    const named = open === -1 ? '' : text.slice(3, open).trim();
    const functionName = named.replace(/^(?:async|new) /, '').replace(/ \[as .*\]$/, '');
    frames.push({ path, line: Number(row), column: Number(column), functionName });
  }
  return frames;
}

/** The place in Prisma's "Invalid `order.create()` invocation in\n/app/dist/main.js:79:92". */
export function parsePrismaInvocation(text: string): StackFrame | undefined {
  const lines = firstLines(text);
  const at = lines.findIndex((line) => /^Invalid `.*` invocation in$/.test(line.trim()));
  const [, path, row, column] = place.exec(lines[at + 1]?.trim() ?? '') ?? [];
  if (at === -1 || path === undefined) return undefined;
  return { path, line: Number(row), column: Number(column), functionName: '' };
}

/** Cut in length too: a span's text may be megabytes. */
function firstLines(text: string): readonly string[] {
  return text
    .slice(0, maxLines * maxLineLength)
    .split('\n', maxLines)
    .filter((line) => line.length <= maxLineLength);
}
