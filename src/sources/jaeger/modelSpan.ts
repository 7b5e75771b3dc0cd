import { idFromText } from '../otlp/ids.ts';
import { isoTime } from '../otlp/isoTime.ts';
import { fieldOf, isRecord } from '../otlp/wire.ts';
import type { JsonObject } from '../json/shape.ts';

/**
 * A span of Jaeger's model as protobuf's JSON writes it (jaeger-idl, model.proto: gRPC clients and Jaeger's storage
 * print it so), in the fields of Jaeger's own JSON: ids in base64, times as RFC 3339, lengths as `0.25s`, values in a
 * field for each type. What doesn't fit stays as it is, for the reader to name.
 */
export function spanOfModel(span: JsonObject): JsonObject {
  return {
    traceID: hexOr(fieldOf(span, 'traceId'), 32),
    spanID: hexOr(fieldOf(span, 'spanId'), 16),
    operationName: fieldOf(span, 'operationName') ?? '',
    references: mapped(span['references'], (reference) => ({
      traceID: hexOr(fieldOf(reference, 'traceId'), 32),
      spanID: hexOr(fieldOf(reference, 'spanId'), 16),
      // The first of the enum, which protobuf's JSON leaves out.
      refType: fieldOf(reference, 'refType') ?? 'CHILD_OF',
    })),
    startTime: microsOfTime(fieldOf(span, 'startTime')),
    duration: microsOfLength(span['duration'] ?? '0s'),
    tags: mapped(span['tags'], tagOfModel),
    logs: mapped(span['logs'], (log) => ({
      timestamp: microsOfTime(log['timestamp']),
      fields: mapped(log['fields'], tagOfModel),
    })),
    process: processOfModel(span['process']),
    warnings: span['warnings'],
  };
}

function processOfModel(value: unknown): unknown {
  if (!isRecord(value)) return { serviceName: '' };
  return {
    serviceName: fieldOf(value, 'serviceName') ?? '',
    tags: mapped(value['tags'], tagOfModel),
  };
}

const valueFields = ['vStr', 'vBool', 'vInt64', 'vFloat64', 'vBinary'] as const;
const types = { vStr: 'string', vBool: 'bool', vInt64: 'int64', vFloat64: 'float64' } as const;

/** A value of zero, false or empty text is left out by protobuf's JSON. */
function tagOfModel(tag: JsonObject): JsonObject {
  const field = valueFields.find((one) => fieldOf(tag, one) !== undefined);
  if (field !== undefined) {
    const type = field === 'vBinary' ? 'binary' : types[field];
    return { key: tag['key'], type, value: fieldOf(tag, field) };
  }
  const type = fieldOf(tag, 'vType');
  const isNumber = type === 'INT64' || type === 'FLOAT64';
  return { key: tag['key'], value: type === 'BOOL' ? false : isNumber ? 0 : '' };
}

const mapped = (value: unknown, read: (entry: JsonObject) => JsonObject): unknown =>
  Array.isArray(value)
    ? value.map((entry: unknown) => (isRecord(entry) ? read(entry) : entry))
    : value;

const hexOr = (value: unknown, digits: 16 | 32): unknown =>
  (typeof value === 'string' ? idFromText(value, digits) : undefined) ?? value;

function microsOfTime(value: unknown): unknown {
  const time = typeof value === 'string' ? isoTime(value) : undefined;
  return time === undefined ? value : time.micros + time.nanos / 1_000;
}

const length = /^(-?\d+(?:\.\d+)?)(ns|us|µs|ms|s)$/;
const microsPerUnit = { ns: 0.001, us: 1, µs: 1, ms: 1_000, s: 1_000_000 } as const;

function microsOfLength(value: unknown): unknown {
  const [, number, unit] = (typeof value === 'string' && length.exec(value)) || [];
  if (number === undefined) return value;
  return Math.round(Number(number) * microsPerUnit[unit as keyof typeof microsPerUnit] * 1e3) / 1e3;
}
