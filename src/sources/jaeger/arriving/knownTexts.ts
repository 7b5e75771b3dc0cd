/** Places of each memory: what comes to a place that is taken takes it over, so that nothing grows. */
export const places = 1 << 13;

/** For `KnownTexts`: what a text's bytes are mixed to, from `hashStart` on. */
export const hashStart = 0x811c_9dc5;
/** FNV-1a. */
export const hashWith = (hash: number, byte: number): number => Math.imul(hash ^ byte, 0x0100_0193);

const placeOf = (hash: number): number => (hash ^ (hash >>> 15)) & (places - 1);

/** Texts of ASCII that come again and again, such as names and keys: the same bytes give the same string object. */
export class KnownTexts {
  readonly #texts: (string | undefined)[] = new Array<string | undefined>(places).fill(undefined);

  /** Of the text that was read last. */
  place = 0;

  /** @param hash of the bytes from `start` to `end` */
  read(bytes: Buffer, start: number, end: number, hash: number): string {
    const place = placeOf(hash);
    this.place = place;
    const known = this.#texts[place];
    if (known?.length === end - start && isSame(known, bytes, start)) return known;
    const text = bytes.toString('latin1', start, end);
    this.#texts[place] = text;
    return text;
  }
}

function isSame(text: string, bytes: Buffer, start: number): boolean {
  for (let index = 0; index < text.length; index++)
    if (text.charCodeAt(index) !== bytes[start + index]) return false;
  return true;
}
