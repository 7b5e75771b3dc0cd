import type { SpanKind, SpanStatus } from '../../core/trace/rawSpan.ts';
import { isRecord, textOf } from './wire.ts';

/** In the order of the numbers of SpanKind in trace.proto. */
const kinds: readonly SpanKind[] = [
  'unspecified',
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
];

/** A SpanKind by its number, or by its name with or without prefix, in any case. */
export function kindOf(value: unknown): SpanKind {
  const number = numberOf(value);
  if (number !== undefined) return kinds[number] ?? 'unspecified';
  const name = nameOf(value, /^SPAN_?KIND[_.]/);
  return kinds.find((kind) => kind.toUpperCase() === name) ?? 'unspecified';
}

/**
 * The `status` of a span. Until OTLP 0.6 its code was one of gRPC's (0 OK, 1 to 16 errors), since then 0 UNSET, 1 OK,
 * 2 ERROR, with the old one as `deprecatedCode`, which says ERROR where only it is set.
 * @see https://github.com/open-telemetry/opentelemetry-proto/blob/v0.11.0/opentelemetry/proto/trace/v1/trace.proto
 */
export function readStatus(value: unknown): {
  readonly status: SpanStatus;
  readonly statusMessage: string;
} {
  if (!isRecord(value)) return { status: statusOf(value), statusMessage: '' };
  const status = statusOf(value['code']);
  const isOldError =
    status === 'unset' && isOldErrorCode(value['deprecatedCode'] ?? value['deprecated_code']);
  return { status: isOldError ? 'error' : status, statusMessage: textOf(value['message']) };
}

/** The highest of gRPC's codes. */
const highestCode = 16;

function statusOf(value: unknown): SpanStatus {
  const number = numberOf(value);
  if (number === 1) return 'ok';
  if (number !== undefined) return number >= 2 && number <= highestCode ? 'error' : 'unset';
  const name = nameOf(value, /^STATUS_?CODE[_.]/);
  if (name === 'OK') return 'ok';
  return errorNames.has(name) ? 'error' : 'unset';
}

function isOldErrorCode(value: unknown): boolean {
  const number = numberOf(value);
  if (number !== undefined) return number >= 1 && number <= highestCode;
  return errorNames.has(nameOf(value, /^DEPRECATED_STATUS_CODE_/));
}

/** `ERROR`, and gRPC's names as the old enum had them. */
const errorNames: ReadonlySet<string> = new Set([
  'ERROR',
  'CANCELLED',
  'UNKNOWN_ERROR',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL_ERROR',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
]);

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d{1,2}$/.test(value) ? Number(value) : undefined;
}

const nameOf = (value: unknown, prefix: RegExp): string =>
  textOf(value).toUpperCase().replace(prefix, '');
