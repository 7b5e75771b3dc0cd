/**
 * The bytes that have arrived and aren't read yet, side by side: in one buffer that is used again, since a trace has a
 * thousand pieces and each would be memory of its own.
 */
export class ArrivedBytes {
  #buffer: Buffer = Buffer.alloc(0);
  #from = 0;
  #to = 0;

  get length(): number {
    return this.#to - this.#from;
  }

  add(piece: Buffer): void {
    if (this.#to + piece.length > this.#buffer.length) this.#makeRoom(piece.length);
    this.#buffer.set(piece, this.#to);
    this.#to += piece.length;
  }

  /** All of them, valid until the next `add`. */
  bytes(): Buffer {
    return this.#buffer.subarray(this.#from, this.#to);
  }

  /** The first `count` are read. */
  drop(count: number): void {
    this.#from += count;
  }

  #makeRoom(count: number): void {
    const rest = this.bytes();
    const needed = rest.length + count;
    if (needed > this.#buffer.length) this.#buffer = Buffer.allocUnsafeSlow(2 * needed);
    this.#buffer.set(rest, 0);
    this.#from = 0;
    this.#to = rest.length;
  }
}
