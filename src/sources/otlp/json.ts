import { readEnvelope, type OtlpSpans } from './envelope.ts';
import { idFromText } from './ids.ts';
import { isoTime } from './isoTime.ts';
import { isRecord, type Wire, type WireTime } from './wire.ts';

/**
 * Reads OTLP/JSON, parsed, of any age: ids in hex or base64, names of fields in camel or snake case, numbers as
 * text and the other way round, enums by number or name.
 * @param onMalformed gets the place of what should hold spans and isn't OTLP's; the rest is read where it returns
 * @throws SourceError `malformed` there by default
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export function readOtlpJson(body: unknown, onMalformed?: (position: string) => void): OtlpSpans {
  return readEnvelope(body, jsonWire, onMalformed);
}

const digits = /^\d{1,20}$/;
const decimal = /^\d+(\.\d+)?(e\+?\d+)?$/i;
const wholeNumber = /^-?\d{1,19}$/;
const base64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

const jsonWire: Wire = {
  id(value, length) {
    if (value === undefined || value === null || value === '') return '';
    if (typeof value !== 'string') return undefined;
    const id = idFromText(value, length);
    return id !== undefined && /^0*$/.test(id) ? '' : id;
  },

  time(value) {
    if (typeof value === 'number') return timeOfNumber(value);
    if (isRecord(value)) return timeOfHalves(value);
    if (typeof value !== 'string') return undefined;
    if (!digits.test(value))
      return decimal.test(value) ? timeOfNumber(Number(value)) : isoTime(value);
    const micros = Number(value.slice(0, -3));
    return micros > highestMicros ? undefined : { micros, nanos: Number(value.slice(-3)) };
  },

  integer(value) {
    if (typeof value === 'number')
      return Number.isInteger(value) ? safe(value, String(value)) : undefined;
    if (typeof value !== 'string' || !wholeNumber.test(value)) return undefined;
    return safe(Number(value), value);
  },

  bytes: (value) => (typeof value === 'string' && base64.test(value) ? value : undefined),
};

/** 2^64 ns. */
const highestMicros = Math.floor(2 ** 64 / 1_000);

/** Some writers send times as numbers: already rounded to 256 ns by their double. */
function timeOfNumber(value: number): WireTime | undefined {
  if (!(value >= 0 && value <= 2 ** 64)) return undefined;
  const micros = Math.floor(value / 1_000);
  return { micros, nanos: Math.min(999, Math.max(0, Math.round(value - micros * 1_000))) };
}

/** As old releases of OpenTelemetry JS wrote them (`IFixed64` of its otlp-transformer): halves of 32 bits. */
function timeOfHalves({ low, high }: Readonly<Record<string, unknown>>): WireTime | undefined {
  if (typeof low !== 'number' || typeof high !== 'number') return undefined;
  const nanos = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  return { micros: Number(nanos / 1_000n), nanos: Number(nanos % 1_000n) };
}

const safe = (value: number, text: string): number | string =>
  Number.isSafeInteger(value) ? value : text;
