import { spanRow, type SpanRow } from '../core/base/units.ts';
import type { CodeIndex } from '../core/code/model.ts';
import type { WorkspacePath } from '../core/code/location.ts';
import { enclosingMethod, methodSymbol } from '../core/matching/lookups.ts';
import { isMatch, type SpanMatch } from '../core/matching/match.ts';

/** The rows whose code is the innermost method around the line; where there is none, that very line. */
export function rowsAt(
  matches: readonly SpanMatch[],
  index: CodeIndex,
  path: WorkspacePath,
  line: number,
): { rows: readonly SpanRow[]; symbol: string } {
  const method = enclosingMethod(index, path, line);
  const first = method?.firstLine ?? line;
  const last = method?.lastLine ?? line;
  const rows: SpanRow[] = [];
  for (const [row, match] of matches.entries()) {
    if (!isMatch(match) || match.location.path !== path) continue;
    if (match.location.line >= first && match.location.line <= last) rows.push(spanRow(row));
  }
  return { rows, symbol: method ? methodSymbol(method) : '' };
}
