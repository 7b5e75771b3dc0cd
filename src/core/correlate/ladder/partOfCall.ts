import { message } from '../../base/message.ts';
import { textAttribute, type RawSpan } from '../../trace/rawSpan.ts';
import type { SpanMatch } from '../match.ts';
import { unmapped } from './handlerMatch.ts';
import type { LadderState } from './ladderState.ts';

const clientWork = /^prisma:client:(?:connect|disconnect|detect_platform|load_engine)$/;

/**
 * What a Prisma call does below its own span (serialize, compile, queries, commit), and the database
 * client's spans there: the call's. Undefined for other spans.
 */
export function matchPartOfCall(
  span: RawSpan,
  row: number,
  state: LadderState,
): SpanMatch | undefined {
  const isPrisma = span.name.startsWith('prisma:');
  const isDatabase = textAttribute(span.attributes, 'db.system.name', 'db.system') !== undefined;
  if (!isPrisma && !isDatabase) return undefined;
  const parent = state.trace.columns.parent[row] ?? -1;
  const above = state.matches[parent];
  const aboveName = state.trace.spans[parent]?.name ?? '';
  const isInCall = aboveName.startsWith('prisma:');
  if (above === undefined || (!isInCall && !isPartOf(above))) {
    if (clientWork.test(span.name)) {
      return unmapped('framework', message('Prisma itself, where its client starts or stops.'));
    }
    return isPrisma
      ? unmapped(
          'callNotAbove',
          message('Prisma itself: the span of the call it belongs to is not above it.'),
        )
      : unmapped('otherDatabase', message('A database call that Prisma did not make.'));
  }
  return partMatch(above, state);
}

const isPartOf = (match: SpanMatch) =>
  match.confidence !== 'unmapped' && match.prismaCallId !== undefined;

/** One object for all parts of a call, and for their parts. */
function partMatch(call: SpanMatch, { parts }: LadderState): SpanMatch {
  const known = parts.get(call);
  if (known !== undefined) return known;
  const part = { ...call, reason: message('Part of the Prisma call above. {0}', call.reason) };
  parts.set(call, part);
  parts.set(part, part);
  return part;
}
