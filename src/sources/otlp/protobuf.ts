import protobuf from 'protobufjs/light.js';
import { errorText } from '../../core/base/errorText.ts';
import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import { readEnvelope, type OtlpSpans } from './envelope.ts';
import { otlpSchema } from './schema.ts';
import { isRecord, type Wire } from './wire.ts';

const root = protobuf.Root.fromJSON(otlpSchema);
const request = root.lookupType('opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest');

/**
 * Reads an `ExportTraceServiceRequest` (or `TracesData`, the same on the wire).
 * @throws SourceError `malformed` when the bytes are not that message.
 */
export function readOtlpProtobuf(bytes: Uint8Array): OtlpSpans {
  return readEnvelope(decode(bytes), protobufWire);
}

function decode(bytes: Uint8Array): unknown {
  try {
    return request.decode(bytes);
  } catch (error) {
    throw new SourceError(
      'malformed',
      message("Not valid OTLP protobuf. Check the exporter's protocol setting."),
      errorText(error),
      error,
    );
  }
}

const protobufWire: Wire = {
  id(value, digits) {
    const bytes = value as Uint8Array;
    if (bytes.length === 0) return '';
    if (bytes.length * 2 !== digits) return undefined;
    const id = bufferOf(bytes).toString('hex');
    return /^0*$/.test(id) ? '' : id;
  },

  /** 2^32 ns are 4,294,967 µs and 296 ns: split so that nothing rounds. */
  time(value) {
    const { high, low } = halvesOf(value);
    const rest = (high >>> 0) * 296 + (low >>> 0);
    return { micros: (high >>> 0) * 4_294_967 + Math.floor(rest / 1_000), nanos: rest % 1_000 };
  },

  integer(value) {
    const { high, low } = halvesOf(value);
    const number = high * 2 ** 32 + (low >>> 0);
    if (Number.isSafeInteger(number)) return number;
    return ((BigInt(high) << 32n) | BigInt(low >>> 0)).toString();
  },

  bytes: (value) => bufferOf(value as Uint8Array).toString('base64'),
};

const bufferOf = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A 64-bit integer is a `Long`, or a plain 0 where the field is absent. */
function halvesOf(value: unknown): { high: number; low: number } {
  if (!isRecord(value)) return { high: 0, low: Number(value) };
  return { high: Number(value['high']), low: Number(value['low']) };
}
