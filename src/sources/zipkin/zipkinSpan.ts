import { isRecord, textOf } from '../otlp/wire.ts';

/** A span of Zipkin's JSON, not checked yet. */
export type ZipkinSpan = Readonly<Record<string, unknown>>;

/** True for an entry of Zipkin's JSON, of v1 or v2. */
export const isZipkinSpan = (value: ZipkinSpan): boolean => 'traceId' in value && 'id' in value;

/** Padded on the left, as Zipkin's 64-bit trace ids are; undefined when it is no id, or zeros. */
export function idOf(value: unknown, digits: 16 | 32): string | undefined {
  if (typeof value !== 'string' || value.length > digits || !/^[0-9a-f]+$/i.test(value))
    return undefined;
  const id = value.toLowerCase().padStart(digits, '0');
  return /^0+$/.test(id) ? undefined : id;
}

/** Above zero, which Zipkin writes for what isn't known. */
export function microsOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,19}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && number > 0 && Number.isFinite(number) ? number : undefined;
}

/** The service that an endpoint names, or what a process without a name is called. */
export const serviceOf = (endpoint: unknown): string =>
  (isRecord(endpoint) ? textOf(endpoint['serviceName']) : '') || 'unknown_service';
