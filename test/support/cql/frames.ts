/** The native protocol v4 as far as a small server needs it: reading requests, writing answers. */
type CqlType = 'text' | 'int' | 'bigint' | 'timestamp' | 'blob' | 'uuid' | 'inet' | 'texts';

export interface Column {
  readonly name: string;
  readonly type: CqlType;
}

/** A request as it came. */
export interface Request {
  readonly stream: number;
  readonly opcode: number;
  readonly body: Buffer;
}

export const opcodes = {
  error: 0,
  startup: 1,
  ready: 2,
  authenticate: 3,
  options: 5,
  supported: 6,
  query: 7,
  result: 8,
  prepare: 9,
  execute: 10,
  register: 11,
  authResponse: 15,
  authSuccess: 16,
} as const;

const headerBytes = 9;

/** Whole frames out of what has come; the rest is the second. */
export function takeFrames(bytes: Buffer): readonly [readonly Request[], Buffer] {
  const requests: Request[] = [];
  let rest = bytes;
  while (rest.length >= headerBytes) {
    const end = headerBytes + rest.readUInt32BE(5);
    if (rest.length < end) break;
    requests.push({
      stream: rest.readInt16BE(2),
      opcode: rest[4]!,
      body: rest.subarray(headerBytes, end),
    });
    rest = rest.subarray(end);
  }
  return [requests, rest];
}

export function frame({ stream }: Request, opcode: number, body: Buffer): Buffer {
  const header = Buffer.alloc(headerBytes);
  header[0] = 0x84;
  header.writeInt16BE(stream, 2);
  header[4] = opcode;
  header.writeUInt32BE(body.length, 5);
  return Buffer.concat([header, body]);
}

export const short = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
export function int(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
function long(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}
export function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([short(bytes.length), bytes]);
}
const bytes = (value: Buffer | null): Buffer =>
  value === null ? int(-1) : Buffer.concat([int(value.length), value]);

const typeIds: Readonly<Record<CqlType, Buffer>> = {
  bigint: short(0x02),
  blob: short(0x03),
  int: short(0x09),
  timestamp: short(0x0b),
  uuid: short(0x0c),
  text: short(0x0d),
  inet: short(0x10),
  texts: Buffer.concat([short(0x22), short(0x0d)]),
};

function encode(value: unknown, type: CqlType): Buffer | null {
  if (value === null || value === undefined) return null;
  if (type === 'text') return Buffer.from(value as string);
  if (type === 'int') return int(value as number);
  if (type === 'bigint') return long(value as bigint);
  if (type === 'timestamp') return long(BigInt((value as Date).getTime()));
  if (type === 'texts') {
    const items = (value as readonly string[]).map((item) => bytes(Buffer.from(item)));
    return Buffer.concat([int(items.length), ...items]);
  }
  return value as Buffer;
}

const columnSpecs = (columns: readonly Column[]): Buffer =>
  Buffer.concat([
    text('ks'),
    text('table'),
    ...columns.flatMap(({ name, type }) => [text(name), typeIds[type]]),
  ]);

/** RESULT, rows. @param next the paging state; undefined: the last page */
export function rowsResult(
  columns: readonly Column[],
  rows: readonly Readonly<Record<string, unknown>>[],
  next: Buffer | undefined,
): Buffer {
  const cells = rows.flatMap((row) =>
    columns.map(({ name, type }) => bytes(encode(row[name], type))),
  );
  return Buffer.concat([
    int(2),
    int(next === undefined ? 0x01 : 0x03),
    int(columns.length),
    ...(next === undefined ? [] : [bytes(next)]),
    columnSpecs(columns),
    int(rows.length),
    ...cells,
  ]);
}

/** RESULT, prepared. */
export const preparedResult = (
  id: Buffer,
  parameters: readonly Column[],
  columns: readonly Column[],
): Buffer =>
  Buffer.concat([
    int(4),
    short(id.length),
    id,
    int(0x01),
    int(parameters.length),
    int(0),
    columnSpecs(parameters),
    int(0x01),
    int(columns.length),
    columnSpecs(columns),
  ]);

export const errorBody = (code: number, said: string, more: Buffer = Buffer.alloc(0)): Buffer =>
  Buffer.concat([int(code), text(said), more]);

/** What an EXECUTE asks: the prepared statement's id, its bound values, and where the page starts. */
export function readExecute(body: Buffer) {
  let at = 0;
  const take = (length: number) => body.subarray(at, (at += length));
  const id = take(take(2).readUInt16BE());
  take(2); // consistency
  const flags = take(1)[0]!;
  const values: (Buffer | null)[] = [];
  if (flags & 0x01)
    for (let left = take(2).readUInt16BE(); left > 0; left -= 1) {
      const length = take(4).readInt32BE();
      values.push(length < 0 ? null : take(length));
    }
  const fetchSize = flags & 0x04 ? take(4).readInt32BE() : undefined;
  const state = flags & 0x08 ? take(take(4).readInt32BE()) : undefined;
  return { id, values, fetchSize, state };
}
