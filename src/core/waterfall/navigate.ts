import type { Lines } from './lines.ts';
import { lineOf, refAt, type LineRef } from './lineRefs.ts';

export type NavigationKey = 'up' | 'down' | 'pageUp' | 'pageDown' | 'home' | 'end';

/**
 * Where a key moves the selection; stays at the ends. Nothing selected: `end` and `up` choose the last
 * line, the others the first.
 * @param pageLines lines a page key moves by
 */
export function moveSelection(
  lines: Lines,
  from: LineRef | undefined,
  key: NavigationKey,
  pageLines = 10,
): LineRef | undefined {
  const last = lines.count - 1;
  if (from === undefined) return refAt(lines, key === 'end' || key === 'up' ? last : 0);
  const line = lineOf(lines, from);
  const page = Math.max(1, pageLines);
  const target = {
    up: line - 1,
    down: line + 1,
    pageUp: line - page,
    pageDown: line + page,
    home: 0,
    end: last,
  }[key];
  return refAt(lines, Math.max(0, Math.min(last, target)));
}

/** The line that a line is below, itself at the top: where Left goes from what is closed. */
export function parentOf(lines: Lines, of: LineRef): LineRef {
  return refAt(lines, lines.parent[lineOf(lines, of)] ?? -1) ?? of;
}

/** The first line below it, itself without one: where Right goes from what is open. */
export function firstChildOf(lines: Lines, of: LineRef): LineRef {
  const line = lineOf(lines, of);
  return (lines.parent[line + 1] === line ? refAt(lines, line + 1) : undefined) ?? of;
}
