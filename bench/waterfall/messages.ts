/** Where in a message an array was, and what it is. */
interface ArrayPlace {
  readonly $array: number;
  readonly type: keyof typeof arrayTypes;
}

const arrayTypes = {
  Uint8Array,
  Int32Array,
  Uint32Array,
  Float64Array,
  BigUint64Array,
} as const;

type Column = InstanceType<(typeof arrayTypes)[keyof typeof arrayTypes]>;

/**
 * A message between host and page as the editor carries it: JSON, and the buffers of its arrays behind it as they are.
 * Layout: length of the JSON, count of the arrays, the length of each, JSON, then each array from a place divisible by 8.
 */
export function packed(message: unknown): Uint8Array<ArrayBuffer>[] {
  const arrays: Column[] = [];
  const json = Buffer.from(
    JSON.stringify(message, (_key, value: unknown) => {
      if (!ArrayBuffer.isView(value)) return value;
      const place: ArrayPlace = {
        $array: arrays.push(value as Column) - 1,
        type: value.constructor.name as ArrayPlace['type'],
      };
      return place;
    }),
  );
  const head = Uint32Array.of(json.length, arrays.length, ...arrays.map((one) => one.byteLength));
  const parts = [bytesOf(head), padded(new Uint8Array(json), head.byteLength)];
  for (const array of arrays) parts.push(padded(bytesOf(array), 0));
  return parts;
}

/** The message that was packed; its arrays are views of `buffer`. */
export function unpacked(buffer: ArrayBuffer): unknown {
  const [jsonLength = 0, count = 0] = new Uint32Array(buffer, 0, 2);
  const lengths = new Uint32Array(buffer, 8, count);
  const jsonAt = 8 + count * 4;
  const places: number[] = [];
  let at = aligned(jsonAt + jsonLength);
  for (const length of lengths) {
    places.push(at);
    at = aligned(at + length);
  }
  const text = new TextDecoder().decode(new Uint8Array(buffer, jsonAt, jsonLength));
  return JSON.parse(text, (_key, value: unknown) => {
    if (!isPlace(value)) return value;
    const type = arrayTypes[value.type];
    const length = (lengths[value.$array] ?? 0) / type.BYTES_PER_ELEMENT;
    return new type(buffer, places[value.$array] ?? 0, length);
  });
}

const isPlace = (value: unknown): value is ArrayPlace =>
  typeof value === 'object' && value !== null && '$array' in value;

const aligned = (at: number): number => Math.ceil(at / 8) * 8;

const bytesOf = (array: Column): Uint8Array<ArrayBuffer> =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** With zeros behind, up to a place divisible by 8 where it begins at `at`. */
function padded(bytes: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer> {
  const rest = aligned(at + bytes.length) - at - bytes.length;
  if (rest === 0) return bytes;
  const whole = new Uint8Array(bytes.length + rest);
  whole.set(bytes);
  return whole;
}
