/** Numbers as bytes: integers in groups of seven bits, lowest first; doubles as eight bytes, little-endian. */
export class ByteWriter {
  readonly #bytes: number[] = [];
  readonly #double = new DataView(new ArrayBuffer(8));

  /** @param value a whole number from 0 to 2^53. */
  unsigned(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes.push((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes.push(rest);
  }

  signed(value: number): void {
    this.unsigned(value < 0 ? -value * 2 - 1 : value * 2);
  }

  double(value: number): void {
    this.#double.setFloat64(0, value, true);
    for (let index = 0; index < 8; index++) this.#bytes.push(this.#double.getUint8(index));
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

/** Reads what a `ByteWriter` wrote. @throws RangeError past the end. */
export class ByteReader {
  readonly #view: DataView;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atEnd(): boolean {
    return this.#position >= this.#view.byteLength;
  }

  unsigned(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.#view.getUint8(this.#position++);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      if (scale > 2 ** 49) throw new RangeError('an integer beyond 2^53');
    }
  }

  signed(): number {
    const value = this.unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  double(): number {
    const value = this.#view.getFloat64(this.#position, true);
    this.#position += 8;
    return value;
  }
}
