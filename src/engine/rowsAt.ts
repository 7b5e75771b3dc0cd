import { spanRow, type SpanRow } from '../core/base/units.ts';
import { methodsBelow, methodsLeadingTo } from '../core/code/calls/leadingTo.ts';
import type { CodeIndex } from '../core/code/model.ts';
import type { WorkspacePath } from '../core/code/location.ts';
import { handlerById } from '../core/matching/attributes/namedHandler.ts';
import { enclosingMethod, methodSymbol } from '../core/matching/lookups.ts';
import type { MappedTrace } from '../core/matching/mappedTrace.ts';
import { isMatch, type Match } from '../core/matching/match.ts';

/**
 * The rows whose code is the innermost method around the line, where there is none that very line. Of a method that isn't
 * a handler also those of calls below it, in requests of handlers that lead there.
 */
export function rowsAt(
  mapped: MappedTrace,
  index: CodeIndex,
  path: WorkspacePath,
  line: number,
): { rows: readonly SpanRow[]; symbol: string } {
  const method = enclosingMethod(index, path, line);
  const first = method?.firstLine ?? line;
  const last = method?.lastLine ?? line;
  const isHandler = index.handlers.some(({ methodId }) => methodId === method?.id);
  const isBelow = method && !isHandler ? callsBelow(method.id, mapped, index) : () => false;
  const rows = mapped.matches.flatMap((match, row) => {
    if (!isMatch(match)) return [];
    const { location } = match;
    const isInside = location.path === path && first <= location.line && location.line <= last;
    return isInside || isBelow(match, row) ? [spanRow(row)] : [];
  });
  return { rows, symbol: method ? methodSymbol(method) : '' };
}

/** Whether a row's call may have been made by a method or by what it leads to. */
function callsBelow(
  methodId: string,
  mapped: MappedTrace,
  index: CodeIndex,
): (match: Match, row: number) => boolean {
  const calls = new Set(index.reachableCalls(methodId).map(({ call }) => call.id));
  const methods = methodsBelow(methodId, index);
  const leading = methodsLeadingTo(methodId, index);
  const handlers = handlersAbove(mapped, index);
  return ({ callId, inside, location: { path, line } }, row) => {
    if (!leading.has(handlers[row] ?? '')) return false;
    if (callId !== undefined) return calls.has(callId);
    return inside !== undefined && methods.has(enclosingMethod(index, path, line)?.id ?? '');
  };
}

/** Method of the handler at or above each row, within one service. */
function handlersAbove(
  { trace, matches }: MappedTrace,
  index: CodeIndex,
): readonly (string | undefined)[] {
  const above: (string | undefined)[] = [];
  for (const [row, { kind }] of trace.spans.entries()) {
    const match = matches[row];
    const id = match && isMatch(match) ? match.handlerId : undefined;
    const own = id === undefined ? undefined : handlerById(index, id)?.methodId;
    const isArrival = kind === 'server' || kind === 'consumer';
    above.push(own ?? (isArrival ? undefined : above[trace.columns.parent[row] ?? -1]));
  }
  return above;
}
