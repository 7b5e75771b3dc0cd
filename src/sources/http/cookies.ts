/** Cookies of one server, kept as long as it is asked: an auth proxy's session. */
export class Cookies {
  readonly #values = new Map<string, string>();

  /** @param header a `Cookie` header of the user's own: `a=1; b=2` */
  constructor(header = '') {
    for (const pair of header.split(';')) this.#set(pair);
  }

  /** Takes what `Set-Cookie` says: a new value, or the end of a cookie. */
  keep(headers: readonly string[]): void {
    for (const header of headers) {
      const [pair = '', ...attributes] = header.split(';');
      const isOver = attributes.some(
        (attribute) =>
          /^\s*max-age\s*=\s*(0|-\d+)\s*$/i.test(attribute) || hasExpired(attribute, Date.now()),
      );
      if (isOver) this.#values.delete(pair.split('=')[0]?.trim() ?? '');
      else this.#set(pair);
    }
  }

  /** For a `Cookie` header; undefined when there is none. */
  header(): string | undefined {
    if (this.#values.size === 0) return undefined;
    return [...this.#values].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** To be hidden in errors. */
  values(): readonly string[] {
    return [...this.#values.values()];
  }

  #set(pair: string): void {
    const [, name, value] = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? [];
    if (name === undefined || value === undefined) return;
    if (this.#values.size < mostCookies || this.#values.has(name)) this.#values.set(name, value);
  }
}

/** More than an auth proxy needs. */
const mostCookies = 50;

function hasExpired(attribute: string, now: number): boolean {
  const [, date] = /^\s*expires\s*=\s*(.*)$/i.exec(attribute) ?? [];
  return date !== undefined && Date.parse(date) <= now;
}
