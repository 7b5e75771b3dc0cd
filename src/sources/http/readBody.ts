import { Writable, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TooManyBytes, type Answer, type PieceLimits, type PieceReader } from './answer.ts';
import { isHtml } from './jsonAnswer.ts';

/** Bytes by which a web page is told from data. */
const tellingBytes = 100;
/** Of pieces that have arrived and weren't taken: several of what Node reads at once. */
const highWaterMark = 1_000_000;

/**
 * The body of an answer; empty where `reader` took it piece by piece.
 * @throws TooManyBytes, what the stream or `reader` throws
 */
export async function readBody(
  stream: Readable,
  { status, contentType }: Pick<Answer, 'status' | 'contentType'>,
  reader: PieceReader | undefined,
  limits: PieceLimits,
): Promise<Buffer> {
  const taker = status >= 200 && status < 300 ? reader : undefined;
  const body: Buffer[] = [];
  let length = 0;
  let isData: boolean | undefined;
  const tell = () => {
    const first = Buffer.concat(body);
    isData = !isHtml({ contentType, body: first });
    if (isData) for (const piece of body.splice(0)) taker?.read(piece, limits);
  };
  const take = (piece: Buffer) => {
    length += piece.length;
    if (length > limits.maxBytes) throw new TooManyBytes();
    if (taker && isData) {
      taker.read(piece, limits);
      return;
    }
    body.push(piece);
    if (taker && isData === undefined && length >= tellingBytes) tell();
  };
  await pipeline(stream, takingAll(take));
  if (taker && isData === undefined) tell();
  return Buffer.concat(body);
}

/** Hands each piece on as it is: a loop over a stream would put several together first. */
const takingAll = (take: (piece: Buffer) => void): Writable =>
  new Writable({
    highWaterMark,
    write: (piece: Buffer, _, done) => {
      try {
        take(piece);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
