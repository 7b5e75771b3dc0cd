import { visibleText } from '../../core/base/visibleText.ts';
import { withoutIcons } from '../labels.ts';

/** Scheme, host and port of an HTTP URL; undefined when it isn't one. Secrets are kept by it. */
export function originOf(url: string): string | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') return undefined;
  return parsed.origin;
}

/** An address as it may stand on the screen: without user and password, and no icons. */
export const shownUrl = (url: string): string =>
  withoutIcons(visibleText(url.trim().replace(/^([a-z]+:\/\/)[^/?#]*@/i, '$1')));

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
