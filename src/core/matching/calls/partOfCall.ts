import { message } from '../../base/message.ts';
import { onceEach } from '../../base/onceEach.ts';
import { textAttribute, type RawSpan } from '../../trace/rawSpan.ts';
import { callOf, isMatch, type SpanMatch } from '../match.ts';
import { lower } from '../confidence.ts';
import { unmapped } from '../handlerMatch.ts';
import { libraryRequest } from '../http/libraryRequest.ts';
import type { Found, MatchContext } from '../matchContext.ts';

const clientWork = /^prisma:client:(?:connect|disconnect|detect_platform|load_engine)$/;

/**
 * What a Prisma call does below its own span (serialize, compile, queries, commit), the database
 * client's spans there, and requests that a client library makes for a call: the call's. Undefined for other spans.
 * @param found the matches of the rows above
 */
export function matchPartOfCall(
  span: RawSpan,
  row: number,
  found: Found,
  context: MatchContext,
): SpanMatch | undefined {
  const { trace, isDatabase: mayBeDatabase } = context;
  const isPrisma = span.name.startsWith('prisma:');
  const isDatabase =
    mayBeDatabase[row] === 1 &&
    textAttribute(span.attributes, 'db.system.name', 'db.system') !== undefined;
  const parent = trace.columns.parent[row] ?? -1;
  const above = found[parent];
  if (!isPrisma && !isDatabase) {
    if (above === undefined || callOf(above) === undefined) return undefined;
    return libraryRequest(span, row, found, context) && partMatch(above, 'inside');
  }
  const aboveName = trace.spans[parent]?.name ?? '';
  const isInCall = aboveName.startsWith('prisma:');
  if (above === undefined || (!isInCall && callOf(above) === undefined)) {
    if (clientWork.test(span.name)) {
      return unmapped('framework', message('Prisma client starting or stopping.'));
    }
    return isPrisma
      ? unmapped('callNotAbove', message('Prisma internals; the span of the call is missing.'))
      : unmapped('otherDatabase', message('Database call; no line in the code was found for it.'));
  }
  return partMatch(above, isInCall ? 'above' : 'inside');
}

/**
 * How a part belongs to its call. `above`: it is below Prisma's span of it. `inside`: below another client's. `waiting`: for
 * its connection. `together`: Prisma ran the call with the one above.
 * `order`: the same, but only the order told which. `shared`: with other calls. `transaction`: of the `$transaction`.
 * `unknown`: of the call above, or of another request's.
 */
export type PartKind =
  'above' | 'inside' | 'waiting' | 'together' | 'order' | 'shared' | 'transaction' | 'unknown';

/** By how they belong to it. */
const partsOf = onceEach<SpanMatch, Map<string, SpanMatch>>(() => new Map());

/**
 * The match of a part: one object for all parts of a call of a kind, and for their own parts.
 * @param sharing matches of the calls that share it, this one's among them.
 */
export function partMatch(
  call: SpanMatch,
  kind: PartKind,
  sharing: readonly SpanMatch[] = [],
): SpanMatch {
  const ofCall = partsOf(call);
  const others = sharing.filter(isMatch).filter((other) => other !== call);
  const key = others.length === 0 ? kind : [kind, ...others.map(({ callId }) => callId)].join('\n');
  const known = ofCall.get(key);
  if (known !== undefined) return known;
  const reason = reasonOf(kind, call.reason);
  const part = isMatch(call)
    ? {
        ...call,
        reason,
        confidence: lower(call.confidence, surest[kind]),
        alternatives: [
          ...call.alternatives,
          ...others.map(({ location, symbol }) => ({ location, symbol })),
        ],
      }
    : { ...call, reason };
  ofCall.set(key, part);
  partsOf(part).set('above', part);
  partsOf(part).set('inside', part);
  return part;
}

const surest = {
  above: 'exact',
  inside: 'exact',
  waiting: 'likely',
  together: 'strong',
  transaction: 'strong',
  order: 'likely',
  shared: 'likely',
  unknown: 'likely',
} as const satisfies Record<PartKind, string>;

function reasonOf(kind: PartKind, reason: string): string {
  switch (kind) {
    case 'above':
      return message('Part of the Prisma call above. {0}', reason);
    case 'inside':
      return message('Part of the call above. {0}', reason);
    case 'waiting':
      return message('Waiting for a connection for this call. {0}', reason);
    case 'together':
      return message('Part of a Prisma call in the same batch as the one above. {0}', reason);
    case 'order':
      return message('Probably part of this call; Prisma ran several as one batch. {0}', reason);
    case 'shared':
      return message('Shared by several calls that Prisma ran as one batch. {0}', reason);
    case 'transaction':
      return message('Part of the $transaction above. {0}', reason);
    case 'unknown':
      return message('May belong to another request that ran at the same time. {0}', reason);
  }
}
