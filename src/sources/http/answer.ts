import type { Asked } from './product.ts';

/** What a server said, whatever its status. */
export interface Answer {
  readonly status: number;
  /** Seconds until a server that is busy wants to be asked again; undefined: it doesn't say. */
  readonly retryAfter?: number | undefined;
  readonly contentType: string;
  readonly body: Buffer;
  readonly asked: Asked;
  /** What may be parsed of it. */
  readonly maxBytes: number;
  /** Throws once the time for the answer is over: reading it counts. */
  readonly checkTime: () => void;
}

/** What holds for each piece of an answer. */
export type PieceLimits = Pick<Answer, 'maxBytes' | 'checkTime'>;

/** Takes an answer piece by piece, as it arrives. What it throws ends the question. */
export interface PieceReader {
  readonly read: (piece: Buffer, limits: PieceLimits) => void;
}

/** An answer is larger than `maxBytes`. */
export class TooManyBytes extends Error {}
