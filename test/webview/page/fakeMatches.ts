import { spanRow, type SpanRow } from '../../../src/core/base/units.ts';
import { parseStack } from '../../../src/core/matching/stack/parseStack.ts';
import { stackTexts, type StackText } from '../../../src/core/matching/stack/stackTexts.ts';
import {
  arrivalsBelow,
  isArrival,
  isDeparture,
  senderAbove,
} from '../../../src/core/correlate/peers/arrivals.ts';
import { textAttribute, type RawSpan } from '../../../src/core/trace/rawSpan.ts';
import type { LinkingSpan, ShownLink } from '../../../src/protocol/spanLinks.ts';
import type { BuiltTrace, Trace } from '../../../src/core/trace/trace.ts';
import { groupSiblings } from '../../../src/core/waterfall/groups.ts';
import { spanIdColumn } from '../../../src/core/waterfall/spanIds.ts';
import {
  confidences,
  type OpenedTrace,
  type ShownLocation,
  type ShownStack,
  type ShownPeer,
  type SpanDetail,
} from '../../../src/protocol/waterfall.ts';

interface FakeMatch {
  readonly confidence: SpanDetail['confidence'];
  readonly reason: string;
  readonly location?: ShownLocation;
  readonly alternatives?: readonly ShownLocation[];
  readonly drifted?: true;
}

const unmapped: FakeMatch = {
  confidence: 'unmapped',
  reason: 'Express middleware is not code of this workspace.',
};

/** Where the spans of the story are in an imagined workspace. */
export function shownMatchOf(trace: Trace, row: SpanRow): FakeMatch {
  const span = trace.spans[row];
  if (!span) return unmapped;
  const service = 'src/orders/orders.service.ts';
  const parent = trace.columns.parent[row] ?? -1;
  if (span.name.startsWith('prisma:') && span.name !== 'prisma:client:operation' && parent >= 0)
    return { ...shownMatchOf(trace, spanRow(parent)), alternatives: [] };
  const model = textAttribute(span.attributes, 'model');
  if (span.name === 'OrdersController.remove' || span.name === 'remove')
    return {
      confidence: 'exact',
      reason: 'The span carries code.file.path and code.line.number.',
      location: {
        file: 'src/orders/orders.controller.ts',
        line: 42,
        symbol: 'OrdersController.remove',
      },
    };
  if (span.name.startsWith('DELETE /api'))
    return {
      confidence: 'strong',
      reason: 'Route DELETE /api/orders/:id of shop-api.',
      location: {
        file: 'src/orders/orders.controller.ts',
        line: 42,
        symbol: 'OrdersController.remove',
      },
    };
  if (span.name === 'process order.paid')
    return {
      confidence: 'strong',
      reason: 'Listens to order.paid.',
      location: {
        file: 'billing/src/invoices.controller.ts',
        line: 18,
        symbol: 'InvoicesController.onPaid',
      },
    };
  if (model !== undefined)
    return {
      confidence: 'likely',
      reason: `Two calls of ${model} can be reached from OrdersController.remove; this one comes first.`,
      location: { file: service, line: 87, symbol: `${model} in OrdersService.removeItems` },
      alternatives: [{ file: service, line: 131, symbol: `${model} in OrdersService.purge` }],
    };
  if (span.name === 'JwtGuard')
    return {
      confidence: 'weak',
      reason: 'A class of this name exists, nothing else says so.',
      location: { file: 'src/auth/jwt.guard.ts', line: 12, symbol: 'JwtGuard.canActivate' },
      drifted: true,
    };
  return unmapped;
}

/** Frames below `/srv/inventory` are code of the imagined workspace. */
const shownStack = ({ type, message, stack }: StackText): ShownStack => ({
  type,
  message,
  frames: parseStack(stack).map(({ text, path, line, functionName }) => {
    const file = path.replace('/srv/inventory/', '');
    const isOurs = file !== path && !file.startsWith('node_modules/');
    return {
      text,
      location: isOurs ? { file, line, symbol: functionName.replace('async ', '') } : undefined,
      reason: isOurs ? 'From the recorded exception.' : '',
    };
  }),
});

/** The trace as the page gets it. */
export function openedTraceOf(built: BuiltTrace, notices: readonly string[]): OpenedTrace {
  const { trace, problems, problemCount } = built;
  const { traceId, start, duration, size, services, operations, operationNames, columns } = trace;
  const texts: string[] = [];
  const place = new Int32Array(size).fill(-1);
  const confidence = new Uint8Array(size);
  const repeats = new Uint32Array(size);
  const calls = new Map<string, number>();
  for (let row = 0; row < size; row++) {
    const match = shownMatchOf(trace, spanRow(row));
    confidence[row] = confidences.indexOf(match.confidence);
    if (!match.location) continue;
    const text = `${match.location.file.split('/').at(-1) ?? ''}:${match.location.line}`;
    if (!texts.includes(text)) texts.push(text);
    place[row] = texts.indexOf(text);
    if (trace.spans[row]?.name !== 'prisma:client:operation') continue;
    calls.set(match.location.symbol, (calls.get(match.location.symbol) ?? 0) + 1);
  }
  for (let row = 0; row < size; row++) {
    const match = shownMatchOf(trace, spanRow(row));
    const count = calls.get(match.location?.symbol ?? '') ?? 0;
    const counts = trace.spans[row]?.name === 'prisma:client:operation' && count > 1;
    repeats[row] = counts ? count : 0;
  }
  return {
    shape: { traceId, start, duration, size, services, operations, operationNames, columns },
    confidence,
    repeats,
    repeatTime: Float64Array.from(repeats, (count) => count * 1_500),
    spanIds: spanIdColumn(trace.spans),
    places: { texts, row: place },
    handlers: handlersOf(trace),
    groups: groupSiblings(trace, place),
    problems,
    problemCount,
    notices,
    joined: [],
    dropped: [],
    droppedCount: 0,
  };
}

/** The story's one handler: what its service does runs in it. */
function handlersOf({ services, columns }: Trace): OpenedTrace['handlers'] {
  const ofShop = services.indexOf('shop-api');
  const row = Int32Array.from(columns.service, (service) => (service === ofShop ? 0 : -1));
  return { texts: ['OrdersController.remove'], row };
}

export function spanDetailOf(trace: Trace, row: SpanRow): SpanDetail {
  const span = trace.spans[row];
  if (!span) throw new Error(`There is no row ${row}.`);
  const match = shownMatchOf(trace, row);
  return {
    row,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    statusMessage: span.statusMessage,
    scope: span.scope,
    attributes: span.attributes,
    resource: span.resource.attributes,
    events: span.events,
    links: linksOf(span, trace),
    linkedFrom: linkedFrom(span, trace),
    warnings: span.warnings,
    confidence: match.confidence,
    reason: match.reason,
    location: match.location,
    alternatives: match.alternatives ?? [],
    drifted: match.drifted === true,
    stacks: stackTexts(span).map(shownStack),
    peers: peersOf(trace, row),
    sourcePage: 'Jaeger UI',
  };
}

const linksOf = (span: RawSpan, { spans }: Trace): readonly ShownLink[] =>
  span.links.map((link) => {
    const row = spans.findIndex(
      ({ traceId, spanId }) => traceId === link.traceId && spanId === link.spanId,
    );
    return { ...link, row: row < 0 ? undefined : spanRow(row) };
  });

const linkedFrom = (span: RawSpan, { spans }: Trace): readonly LinkingSpan[] =>
  spans.flatMap(({ links, traceId, spanId, name, resource: { service } }, row) =>
    links.some((link) => link.traceId === span.traceId && link.spanId === span.spanId)
      ? [{ traceId, spanId, service, operation: name, row: spanRow(row) }]
      : [],
  );

/** The peers of a span in its trace; one of another trace isn't read yet. */
function peersOf(trace: Trace, row: SpanRow): readonly ShownPeer[] {
  const span = trace.spans[row];
  if (!span) return [];
  const mapped = { trace, matches: [] };
  const above = isArrival(span) ? senderAbove(row, mapped) : undefined;
  return [
    ...(isDeparture(span) ? arrivalsBelow(row, mapped) : []).map((at) => peer('to', at, trace)),
    ...(above === undefined ? [] : [peer('from', above, trace)]),
    ...span.links.map((_, link) => ({ ...unreadTie, link })),
  ];
}

function peer(direction: ShownPeer['direction'], row: SpanRow, trace: Trace): ShownPeer {
  const span = trace.spans[row];
  const { location, confidence } = shownMatchOf(trace, row);
  const service = span?.resource.service ?? '';
  const operation = span?.name ?? '';
  return {
    ...unreadTie,
    direction,
    service,
    operation,
    row,
    location,
    confidence,
    isUnread: false,
  };
}

const unreadTie: ShownPeer = {
  direction: 'from',
  service: '',
  operation: '',
  row: undefined,
  link: undefined,
  count: 1,
  location: undefined,
  confidence: 'unmapped',
  isUnread: true,
};

/** As the host answers once it has read the other trace. */
export const readTie = (unread: ShownPeer): ShownPeer =>
  unread.isUnread
    ? {
        ...unread,
        service: 'web-shop',
        operation: 'orders send',
        location: { file: 'src/cart.service.ts', line: 20, symbol: 'CartService.checkOut' },
        confidence: 'weak',
        isUnread: false,
      }
    : unread;
