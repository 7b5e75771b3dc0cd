/** Scheme, host and port of an HTTP URL; undefined when it isn't one. Secrets are kept by it. */
export function originOf(url: string): string | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') return undefined;
  return parsed.origin;
}

/** A header's name as RFC 9110 allows it (`token`). */
export const isHeaderName = (name: string): boolean => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);

/** A header's value that can be sent: visible ASCII with spaces inside. */
export const isHeaderValue = (value: string): boolean =>
  /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value);

/** The headers in a stored secret; none where it isn't what Spanhop wrote. */
export function headersFromSecret(secret: string | undefined): Readonly<Record<string, string>> {
  if (secret === undefined) return {};
  try {
    const parsed: unknown = JSON.parse(secret);
    if (typeof parsed !== 'object' || parsed === null) return {};
    return Object.fromEntries(
      Object.entries(parsed).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    );
  } catch {
    return {}; // not Spanhop's writing: as if nothing were stored
  }
}
