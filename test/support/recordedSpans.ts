import { readFileSync } from 'node:fs';
import { epochMicroseconds, microseconds } from '../../src/core/base/units.ts';
import type {
  Attributes,
  AttributeValue,
  RawSpan,
  SpanKind,
} from '../../src/core/trace/rawSpan.ts';

interface Recorded {
  readonly label: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly kind: string;
  readonly scope: { readonly name: string };
  readonly startNs: string;
  readonly durUs: number;
  readonly status: { readonly code: number; readonly message?: string };
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly events: readonly {
    readonly name: string;
    readonly attributes?: Readonly<Record<string, AttributeValue>>;
  }[];
}

export const recordings = [
  'nest-spans',
  'nest11mid-spans',
  'nest-prisma-spans',
  'prisma6-spans',
] as const;
export type Recording = (typeof recordings)[number];

/** Of the application test/fixtures/apps/orders. */
export const prismaRecordings = ['prisma/prisma-6.19.3', 'prisma/prisma-7.9.1'] as const;
type PrismaRecording = (typeof prismaRecordings)[number];

/** Of the application test/fixtures/apps/lending. */
export const lendingRecordings = ['prisma/lending-6.19.3', 'prisma/lending-7.9.1'] as const;
type LendingRecording = (typeof lendingRecordings)[number];

/** The spans of `test/fixtures/spans/<recording>.json`, of one request when `label` names it. */
export function readRecording(
  recording: Recording | PrismaRecording | LendingRecording,
  service: string,
  label?: string,
): RawSpan[] {
  const file = new URL(`../fixtures/spans/${recording}.json`, import.meta.url);
  const recorded = JSON.parse(readFileSync(file, 'utf8')) as readonly Recorded[];
  const resource = { service, attributes: [] };
  return recorded
    .filter((span) => label === undefined || span.label === label)
    .map((span) => rawSpan(span, resource));
}

function rawSpan(span: Recorded, resource: RawSpan['resource']): RawSpan {
  const start = epochMicroseconds(Number(BigInt(span.startNs) / 1000n));
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId ?? undefined,
    name: span.name,
    kind: span.kind.toLowerCase() as SpanKind,
    start,
    duration: microseconds(span.durUs),
    status: (['unset', 'ok', 'error'] as const)[span.status.code] ?? 'unset',
    statusMessage: span.status.message ?? '',
    scope: span.scope.name,
    resource,
    attributes: attributes(span.attributes),
    events: span.events.map((event) => ({
      name: event.name,
      time: start,
      attributes: attributes(event.attributes ?? {}),
    })),
    links: [],
    warnings: [],
  };
}

const attributes = (record: Readonly<Record<string, AttributeValue>>): Attributes =>
  Object.entries(record).map(([key, value]) => ({ key, value }));
