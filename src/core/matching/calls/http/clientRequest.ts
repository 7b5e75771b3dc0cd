import { attributeOf, textAttribute, type RawSpan } from '../../../trace/rawSpan.ts';

/** What a client's span asked of whom. */
export interface ClientRequest {
  /** Upper case. */
  readonly method: string;
  /** With a port that isn't the scheme's own; empty: not recorded. */
  readonly host: string;
  /** Without query, and without a slash at its end; empty: not recorded. */
  readonly path: string;
}

/** A longer URL is cut: no code asks for a path of that length. */
const longestUrl = 4_000;

/**
 * The request of an HTTP client's span, with old and new names of its attributes; undefined for another span.
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client
 */
export function clientRequestOf({ kind, attributes }: RawSpan): ClientRequest | undefined {
  if (kind !== 'client') return undefined;
  const method = textAttribute(attributes, 'http.request.method', 'http.method');
  if (method === undefined) return undefined;
  const url = textAttribute(attributes, 'url.full', 'http.url')?.slice(0, longestUrl);
  const found = /^[a-z][a-z\d+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)([^?#]*)/i.exec(url ?? '');
  const [, host = hostOf(attributes), path = pathOf(attributes)] = found ?? [];
  return {
    method: method.toUpperCase(),
    host: withoutOwnPort(host.toLowerCase()),
    path: path === '' && found === null ? '' : `/${path.replace(/^\/+|\/+$/g, '')}`,
  };
}

function hostOf(attributes: RawSpan['attributes']): string {
  const name = textAttribute(attributes, 'server.address', 'net.peer.name') ?? '';
  const port = attributeOf(attributes, 'server.port') ?? attributeOf(attributes, 'net.peer.port');
  const isPort = typeof port === 'number' || typeof port === 'string';
  return name === '' || !isPort ? name : `${name}:${port}`;
}

const pathOf = (attributes: RawSpan['attributes']): string =>
  (textAttribute(attributes, 'url.path', 'http.target') ?? '').split(/[?#]/, 1)[0] ?? '';

/** Without the port that HTTP and HTTPS have by themselves. */
export const withoutOwnPort = (host: string): string => host.replace(/:(?:80|443)$/, '');
