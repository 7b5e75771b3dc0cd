import { visibleText } from '../../core/base/visibleText.ts';

/** Scheme, host and port of an HTTP URL; undefined when it isn't one. Secrets are kept by it. */
export function originOf(url: string): string | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') return undefined;
  return parsed.origin;
}

/** An address as it may be shown: without user and password. */
export const shownUrl = (url: string): string =>
  visibleText(url.trim().replace(/^([a-z]+:\/\/)[^/?#]*@/i, '$1'));
