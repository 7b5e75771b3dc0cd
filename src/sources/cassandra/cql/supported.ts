import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { message } from '../../../core/base/message.ts';
import { SourceError } from '../../../core/base/sourceError.ts';

/** What a node says it supports: `CQL_VERSION`, `COMPRESSION`, on ScyllaDB `SCYLLA_SHARD` and more. */
export type SupportedOptions = ReadonlyMap<string, readonly string[]>;

export interface Knock {
  readonly address: string;
  readonly port: number;
  readonly tls: ConnectionOptions | undefined;
  /** For sentences. */
  readonly shown: string;
  readonly timeoutMs: number;
}

/** Version 4, request OPTIONS, no body (native protocol v4, section 2). */
const optionsFrame = Buffer.from([0x04, 0, 0, 0, 0x05, 0, 0, 0, 0]);
const headerBytes = 9;
const supportedOpcode = 0x06;
const mostBytes = 65_536;

/**
 * Asks a node what it supports before the driver is let at it: answers at once where the driver would wait
 * until it gives up (whoever listens speaks another protocol, or closes the connection), says which server
 * this is, and ends its socket when `signal` aborts.
 * @throws Node's errors of sockets and TLS; SourceError `unsupported` for another protocol
 */
export function readSupported(knock: Knock, signal: AbortSignal): Promise<SupportedOptions> {
  const { promise, resolve, reject } = Promise.withResolvers<SupportedOptions>();
  const socket = dial(knock);
  const late = setTimeout(() => {
    socket.destroy(noAnswer());
  }, knock.timeoutMs);
  const stop = () => socket.destroy(signal.reason as Error);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  let received = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    try {
      const supported = readAnswer(received, knock.shown);
      if (supported) resolve(supported);
    } catch (error) {
      reject(error);
    }
  });
  socket.on('error', reject);
  socket.on('close', () => {
    reject(closedEarly());
  });
  socket.write(optionsFrame);
  return promise.finally(() => {
    clearTimeout(late);
    signal.removeEventListener('abort', stop);
    socket.destroy();
  });
}

function dial({ address, port, tls }: Knock): Socket {
  const socket = tls ? connectTls(port, address, tls) : connectPlain(port, address);
  return socket.setNoDelay(true);
}

/** Undefined while there is less than a whole answer. */
function readAnswer(bytes: Buffer, shown: string): SupportedOptions | undefined {
  const [version = 0] = bytes;
  // A response has the highest bit set, then the version: 1 to 6, or 0x41 and 0x42 of DataStax.
  if (version < 0x81 || (version > 0x86 && version !== 0xc1 && version !== 0xc2))
    throw foreign(shown);
  if (bytes.length < headerBytes) return undefined;
  const length = bytes.readUInt32BE(5);
  if (length > mostBytes) throw foreign(shown);
  if (bytes.length < headerBytes + length) return undefined;
  // Another answer is an error about the version: the driver finds one that both speak, or says so.
  if (bytes[4] !== supportedOpcode) return new Map();
  return readMultimap(bytes.subarray(headerBytes, headerBytes + length), shown);
}

/** `[string multimap]` of the native protocol, section 3. */
function readMultimap(body: Buffer, shown: string): SupportedOptions {
  let at = 0;
  const short = () => body.readUInt16BE((at += 2) - 2);
  const text = () => {
    const length = short();
    return body.toString('utf8', at, (at += length));
  };
  try {
    const entries = Array.from({ length: short() }, () => {
      const key = text();
      return [key, Array.from({ length: short() }, text)] as const;
    });
    return new Map(entries);
  } catch (error) {
    if (error instanceof RangeError) throw foreign(shown);
    throw error;
  }
}

/** With the codes Node would give them, for the sentences about sockets. */
const noAnswer = () => Object.assign(new Error('no answer'), { name: 'OperationTimedOutError' });
const closedEarly = () =>
  Object.assign(new Error('closed before an answer'), { code: 'ECONNRESET' });

const foreign = (shown: string): SourceError =>
  new SourceError(
    'unsupported',
    message("{0} isn't a Cassandra server. Check the port (9042 unless changed).", shown),
  );
