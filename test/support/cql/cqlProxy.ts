import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { opcodes, readExecute, takeFrames, type Request } from './frames.ts';

/** What becomes of a question to Jaeger's tables. @returns whether the server is asked after all */
export type Treatment = (question: Request, client: Socket) => boolean | Promise<boolean>;

/** Stands before a Cassandra, passes on what clients say, and treats their questions. */
export interface CqlProxy {
  readonly port: number;
  close(): Promise<void>;
}

/** On a port of its own of 127.0.0.1. */
export async function startCqlProxy(port: number, treat: Treatment): Promise<CqlProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const behind = connect(port, '127.0.0.1');
    for (const [side, other] of [
      [client, behind],
      [behind, client],
    ] as const) {
      sockets.add(side);
      side.on('error', () => side.destroy());
      side.once('close', () => {
        sockets.delete(side);
        other.destroy();
      });
    }
    behind.pipe(client, { end: false });
    const statements = new SystemStatements();
    onFrames(client, (frame) => {
      statements.asked(frame);
      const isTreated = frame.opcode === opcodes.execute && !statements.isOne(frame);
      void pass(frame, client, behind, isTreated ? treat : () => true);
    });
    onFrames(behind, (frame) => statements.answered(frame));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

function onFrames(socket: Socket, take: (frame: Request) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    const [frames, left] = takeFrames(Buffer.concat([rest, chunk]));
    rest = left;
    for (const frame of frames) take(frame);
  });
}

async function pass(frame: Request, client: Socket, behind: Socket, treat: Treatment) {
  if ((await treat(frame, client)) && !behind.destroyed) behind.write(requestBytes(frame));
}

const preparedKind = 4;

/** Prepared statements about the server itself: answered even where it is in trouble. */
class SystemStatements {
  readonly #streams = new Set<number>();
  readonly #ids = new Set<string>();

  asked({ opcode, stream, body }: Request): void {
    if (opcode === opcodes.prepare && body.includes('FROM system')) this.#streams.add(stream);
  }

  answered({ opcode, stream, body }: Request): void {
    if (!this.#streams.delete(stream) || opcode !== opcodes.result) return;
    if (body.readInt32BE() === preparedKind)
      this.#ids.add(body.subarray(6, 6 + body.readUInt16BE(4)).toString('hex'));
  }

  isOne({ body }: Request): boolean {
    return this.#ids.has(readExecute(body).id.toString('hex'));
  }
}

/** As it came: version 4, no flags. */
function requestBytes({ stream, opcode, body }: Request): Buffer {
  const header = Buffer.alloc(9);
  header[0] = 0x04;
  header.writeInt16BE(stream, 2);
  header[4] = opcode;
  header.writeUInt32BE(body.length, 5);
  return Buffer.concat([header, body]);
}
