/** Places: what comes to one that is taken takes it over, so that nothing grows. */
const places = 1 << 13;

/** Value of each hex digit in lower case; `noDigit` for other bytes. */
const digits = new Uint8Array(256).fill(0xff);
for (let value = 0; value < 16; value++) digits[value.toString(16).charCodeAt(0)] = value;
const noDigit = 0xff;
const idLength = 16;

/** Span ids: a parent's, which many spans name, is one string. */
export class KnownIds {
  readonly #keys = new Int32Array(2 * places);
  readonly #ids: (string | undefined)[] = new Array<string | undefined>(places).fill(undefined);

  /** The id of 16 lower-case hex digits that begins at `start`; undefined: another text. */
  read(bytes: Buffer, start: number): string | undefined {
    let upper = 0;
    let lower = 0;
    for (let index = 0; index < idLength; index++) {
      const digit = digits[bytes[start + index] ?? 0] ?? noDigit;
      if (digit === noDigit) return undefined;
      if (index < idLength / 2) upper = (upper << 4) | digit;
      else lower = (lower << 4) | digit;
    }
    const hash = Math.imul(upper, 0x9e37_79b1) ^ Math.imul(lower, 0x85eb_ca6b);
    const place = (hash ^ (hash >>> 15)) & (places - 1);
    const known = this.#ids[place];
    if (
      known !== undefined &&
      this.#keys[2 * place] === upper &&
      this.#keys[2 * place + 1] === lower
    )
      return known;
    const id = bytes.toString('latin1', start, start + idLength);
    this.#ids[place] = id;
    this.#keys[2 * place] = upper;
    this.#keys[2 * place + 1] = lower;
    return id;
  }
}
