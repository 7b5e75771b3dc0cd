import { shownPath } from './shownPath.ts';
import { message } from '../core/base/message.ts';
import { spanRow } from '../core/base/units.ts';
import { confidenceWord } from '../core/correlate/lens/basisText.ts';
import type { Confidence } from '../core/matching/match.ts';
import { isMatch } from '../core/matching/match.ts';
import { spanStatuses } from '../core/trace/trace.ts';
import type { Handlers } from '../protocol/rpc.ts';
import type { OpenedTrace } from '../protocol/waterfall.ts';
import type { EngineMethods } from '../engine/methods.ts';

interface SpanPlace {
  /** Relative to the workspace, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly symbol: string;
}

/** A span as it is printed and as `--json` gives it, in the order of the waterfall. */
export interface SpanLine {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly depth: number;
  /** Spans below it, itself included. */
  readonly subtreeSize: number;
  readonly service: string;
  readonly operation: string;
  /** µs since the trace began. */
  readonly start: number;
  /** µs. */
  readonly duration: number;
  /** µs of the critical path that are the span's own. */
  readonly criticalTime: number;
  readonly error: boolean;
  readonly confidence: Confidence | 'unmapped';
  /** The location is the method that it was made somewhere inside. */
  readonly inside: boolean;
  readonly reason: string;
  readonly location: SpanPlace | undefined;
  readonly alternatives: readonly SpanPlace[];
}

/** How sure its line is, in a word; `inside` where only the method is known. */
export const certaintyWord = ({ confidence, inside }: SpanLine): string =>
  inside ? message('inside') : confidenceWord(confidence);

/** All spans of an opened trace with their matches. */
export async function spanLines(
  engine: Pick<Handlers<EngineMethods>, 'spanDetail'>,
  { shape }: Pick<OpenedTrace, 'shape'>,
  dir: string,
  signal: AbortSignal,
): Promise<readonly SpanLine[]> {
  const { traceId, columns, services, operations } = shape;
  const lines: SpanLine[] = [];
  for (let row = 0; row < shape.size; row++) {
    const detail = await engine.spanDetail({ traceId, row: spanRow(row) }, signal);
    const { spanId, parentSpanId, match } = detail;
    lines.push({
      traceId,
      spanId,
      parentSpanId,
      depth: columns.depth[row] ?? 0,
      subtreeSize: columns.subtreeSize[row] ?? 1,
      service: services[columns.service[row] ?? 0] ?? '',
      operation: operations[columns.operation[row] ?? 0] ?? '',
      start: columns.start[row] ?? 0,
      duration: columns.duration[row] ?? 0,
      criticalTime: columns.criticalTime[row] ?? 0,
      error: spanStatuses[columns.status[row] ?? 0] === 'error',
      confidence: match.confidence,
      inside: isMatch(match) && match.inside !== undefined,
      reason: match.reason,
      location: isMatch(match) ? place(match, dir) : undefined,
      alternatives: isMatch(match) ? match.alternatives.map((other) => place(other, dir)) : [],
    });
  }
  return lines;
}

function place(
  { location, symbol }: { location: { path: string; line: number }; symbol: string },
  dir: string,
): SpanPlace {
  const file = shownPath(dir, location.path);
  return { file, line: location.line, symbol };
}
