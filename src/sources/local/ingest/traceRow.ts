import type { RawSpan } from '../../../core/trace/rawSpan.ts';

/** A row of `traces`: what a search shows without reading spans. */
export interface TraceRow {
  readonly id: number;
  readonly trace_id: Uint8Array;
  readonly start: number;
  readonly finish: number;
  readonly spans: number;
  readonly errors: number;
  /** How sure the root is: see `rootRank`. */
  readonly rooted: number;
  readonly root_start: number;
  readonly root_service: string;
  readonly root_operation: string;
  /** JSON array of names, in order of arrival. */
  readonly services: string;
}

export type Summary = Omit<TraceRow, 'id' | 'trace_id'>;

export const newSummary: Summary = {
  start: Infinity,
  finish: -Infinity,
  spans: 0,
  errors: 0,
  rooted: -1,
  root_start: Infinity,
  root_service: '',
  root_operation: '',
  services: '[]',
};

/** Hostile names are cut, and no more services named than a line can show. */
const longestName = 1_000;
const mostServices = 100;

/**
 * `summary` with `spans` added, in whatever order services deliver them. The root is the earliest of those of the highest
 * `rootRank`.
 */
export function summaryOf(summary: Summary, spans: readonly RawSpan[]): Summary {
  const next = { ...summary };
  const services = new Set(JSON.parse(summary.services) as readonly string[]);
  for (const span of spans) {
    next.start = Math.min(next.start, span.start);
    next.finish = Math.max(next.finish, span.start + span.duration);
    next.spans += 1;
    if (span.status === 'error') next.errors += 1;
    const rooted = rootRank(span);
    if (rooted > next.rooted || (rooted === next.rooted && span.start < next.root_start)) {
      next.rooted = rooted;
      next.root_start = span.start;
      next.root_service = span.resource.service.slice(0, longestName);
      next.root_operation = span.name.slice(0, longestName);
    }
    if (services.size < mostServices) services.add(span.resource.service.slice(0, longestName));
  }
  next.services = JSON.stringify([...services]);
  return next;
}

/**
 * 1 without a parent, 0 for a request or a message that another service sent, whose caller may never arrive, -1 for what is
 * called within a service. Where all have a parent the earliest of all isn't the root: OpenTelemetry's JavaScript SDK rounds a
 * request's start to the millisecond, so that a middleware begins before it.
 */
function rootRank({ parentSpanId, kind, name }: RawSpan): 1 | 0 | -1 {
  if (parentSpanId === undefined) return 1;
  if (/^OPTIONS\b/.test(name)) return -1; // a browser's preflight: the request comes after it
  return kind === 'server' || kind === 'consumer' ? 0 : -1;
}
