import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import { baseOf } from './origin.ts';
import type { Product } from './product.ts';

/** Where a server is, taken apart so that its credentials are never shown. */
export interface ServerAddress {
  readonly origin: string;
  readonly hostname: string;
  /** Origin and base path, without credentials and without a slash at the end. */
  readonly base: string;
  /** For sentences and the status bar. */
  readonly shown: string;
  readonly username: string;
  readonly password: string;
}

/**
 * Reads `http://user:password@host:16686/base/path` of a product; query and fragment are left out.
 * @throws SourceError `rejected` when it isn't an http or https address.
 */
export function readAddress(text: string, product: Product): ServerAddress {
  const base = baseOf(text);
  if (base === undefined)
    throw new SourceError(
      'rejected',
      message(
        'The {0} URL must start with http:// or https://, for example {1}.',
        product.name,
        product.defaultUrl,
      ),
    );
  const url = new URL(text.trim());
  return {
    origin: url.origin,
    hostname: url.hostname,
    base,
    shown: base,
    username: decoded(url.username),
    password: decoded(url.password),
  };
}

/** True for this machine's own addresses, for which a proxy is never right. */
export const isLoopback = ({ hostname }: ServerAddress): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '[::1]' ||
  /^127\.\d+\.\d+\.\d+$/.test(hostname);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A stray per cent sign: it was meant as it stands.
  }
}
