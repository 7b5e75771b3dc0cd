import { visibleText } from '../../core/base/visibleText.ts';

/** Scheme, host and port of an HTTP URL; undefined when it isn't one. Secrets are kept by it. */
export function originOf(url: string): string | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') return undefined;
  return parsed.origin;
}

/** Origin and base path, without credentials, query and a slash at the end; undefined when it isn't an HTTP URL. */
export function baseOf(url: string): string | undefined {
  const origin = originOf(url.trim());
  return origin && `${origin}${new URL(url.trim()).pathname.replace(/\/+$/, '')}`;
}

/** An address as it may be shown: without user and password. */
export const shownUrl = (url: string): string =>
  visibleText(url.trim().replace(/^([a-z]+:\/\/)[^/?#]*@/i, '$1'));
