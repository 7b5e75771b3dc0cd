import protobuf from 'protobufjs/light.js';
import { otlpSchema } from '../../otlp/schema.ts';

export type BodyType = 'application/json' | 'application/x-protobuf';

const root = protobuf.Root.fromJSON(otlpSchema);
const response = root.lookupType(
  'opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse',
);
/** https://github.com/googleapis/googleapis/blob/master/google/rpc/status.proto, without details. */
const status = new protobuf.Type('Status')
  .add(new protobuf.Field('code', 1, 'int32'))
  .add(new protobuf.Field('message', 2, 'string'));

/** The body of a 200: empty, or how many spans were dropped and why. */
export function exportAnswer(type: BodyType, rejectedSpans: number, errorMessage: string): Buffer {
  const body = rejectedSpans === 0 ? {} : { partialSuccess: { rejectedSpans, errorMessage } };
  if (type === 'application/x-protobuf') return Buffer.from(response.encode(body).finish());
  // Proto3's JSON writes 64-bit integers as text.
  return Buffer.from(
    JSON.stringify(body, (key, value: unknown) =>
      key === 'rejectedSpans' ? String(value) : value,
    ),
  );
}

/** gRPC's codes, as OTLP asks for in the body of a failure. */
const codes: Readonly<Record<number, number>> = {
  400: 3,
  403: 7,
  404: 5,
  405: 12,
  413: 8,
  415: 3,
  503: 14,
};
const unknownCode = 2;

/** The body of a failure: a `google.rpc.Status`. */
export function failureAnswer(type: BodyType, httpStatus: number, message: string): Buffer {
  const body = { code: codes[httpStatus] ?? unknownCode, message };
  return Buffer.from(
    type === 'application/x-protobuf' ? status.encode(body).finish() : JSON.stringify(body),
  );
}
