import { firstLines, type StackFrame } from './stackFrame.ts';

/** The place in Prisma's "Invalid `order.create()` invocation in\n/app/dist/main.js:79:92", as a frame. */
export function parsePrismaInvocation(text: string): StackFrame | undefined {
  const lines = firstLines(text);
  const at = lines.findIndex((line) => invocation.test(line.trim()));
  const [, call] = invocation.exec(lines[at]?.trim() ?? '') ?? [];
  const [, path, row, column] = place.exec(lines[at + 1]?.trim() ?? '') ?? [];
  if (call === undefined || path === undefined) return undefined;
  return { path, line: Number(row), column: Number(column), functionName: '', text: call };
}

const invocation = /^Invalid `(.*)` invocation in$/;
const place = /^(.+):(\d{1,9}):(\d{1,9})$/;
