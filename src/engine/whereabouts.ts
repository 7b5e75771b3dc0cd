const headerBytes = 8;
/** Of a path; a longer one is cut. */
const mostPathBytes = 4_096;
const progressAt = 0;
const lengthAt = 1;

/**
 * At which file a thread is: that thread writes it, another one reads it, also while the first is stuck and can't
 * send a message.
 */
export class Whereabouts {
  /** Shared by both: what the other thread is made from. */
  readonly memory: SharedArrayBuffer;
  readonly #numbers: Int32Array;
  readonly #path: Buffer;

  constructor(memory = new SharedArrayBuffer(headerBytes + mostPathBytes)) {
    this.memory = memory;
    this.#numbers = new Int32Array(memory, 0, headerBytes / Int32Array.BYTES_PER_ELEMENT);
    this.#path = Buffer.from(memory, headerBytes);
  }

  /** Another number whenever the thread has got on. */
  get progress(): number {
    return Atomics.load(this.#numbers, progressAt);
  }

  /** The file that the thread is at; undefined: none. */
  get file(): string | undefined {
    const length = Atomics.load(this.#numbers, lengthAt);
    return length > 0 ? this.#path.toString('utf8', 0, length) : undefined;
  }

  /** Begins with a file. */
  begin(path: string): void {
    this.within(path);
    Atomics.add(this.#numbers, progressAt, 1);
  }

  /** Has come to a file on the way, which is no progress yet. */
  within(path: string): void {
    Atomics.store(this.#numbers, lengthAt, 0);
    Atomics.store(this.#numbers, lengthAt, this.#path.write(path));
  }

  /** Is done with its files, or free for others meanwhile. */
  leave(): void {
    Atomics.store(this.#numbers, lengthAt, 0);
    Atomics.add(this.#numbers, progressAt, 1);
  }
}
