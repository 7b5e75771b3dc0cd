import { listedTexts } from '../listedTexts.ts';
import { attributeOf, textAttribute, type Attributes, type RawSpan } from '../rawSpan.ts';
import { shellWord } from './shellWord.ts';

/** Methods of HTTP as curl sends them (`M-SEARCH`); anything else, such as `_OTHER`, isn't one. */
const method = /^[A-Z][A-Z-]{0,19}$/;
const methodKeys = ['http.request.method_original', 'http.request.method', 'http.method'] as const;
/** A name of a header, as RFC 9110 has tokens. */
const headerName = /^[!#$%&'*+.^`|~0-9A-Za-z-]+$/;
/** What curl or the connection says by itself, for the body that it isn't given. */
const ownHeaders =
  /^(?:content-length|host|connection|transfer-encoding|content-encoding|expect)$/i;

/**
 * The request of an HTTP span as a curl command, with the headers that were recorded and without a body, which spans
 * don't have. Safe in a POSIX shell, whatever the span says.
 * @returns undefined where the span isn't of a request, or says no address or a method that can't be sent
 */
export function spanCurl({
  attributes,
  kind,
}: Pick<RawSpan, 'attributes' | 'kind'>): string | undefined {
  const url = requestUrl({ attributes, kind });
  const verb = methodOf(attributes);
  if (url === undefined || verb === undefined) return undefined;
  const lines = [
    ['curl', ...methodFlag(verb), ...globFlag(url), shellWord(url)].join(' '),
    ...requestHeaders(attributes).map(
      ([name, value]) => `-H ${shellWord(value === '' ? `${name};` : `${name}: ${value}`)}`,
    ),
  ];
  return lines.join(' \\\n  ');
}

/** GET where the span says none; undefined where it says only what is none. */
function methodOf(attributes: Attributes): string | undefined {
  const said = methodKeys.flatMap((key) => textAttribute(attributes, key)?.toUpperCase() ?? []);
  return said.length === 0 ? 'GET' : said.find((verb) => method.test(verb));
}

/** curl would ask for a body after `-X HEAD`. */
function methodFlag(verb: string): readonly string[] {
  if (verb === 'GET') return [];
  return verb === 'HEAD' ? ['--head'] : ['-X', verb];
}

/** curl would ask for each of what stands in brackets. */
const globFlag = (url: string): readonly string[] => (/[[\]{}]/.test(url) ? ['--globoff'] : []);

/**
 * The absolute address that a span of a request was sent to, as it was recorded; undefined where it says none, or where
 * its method can't be sent.
 */
export function requestUrl({
  attributes,
  kind,
}: Pick<RawSpan, 'attributes' | 'kind'>): string | undefined {
  if ((kind !== 'client' && kind !== 'server') || methodOf(attributes) === undefined)
    return undefined;
  const whole = textAttribute(attributes, 'url.full', 'http.url');
  if (whole !== undefined && isHttp(whole)) return whole;
  const path = pathOf(attributes);
  if (path === undefined) return undefined;
  const scheme = textAttribute(attributes, 'url.scheme', 'http.scheme') ?? 'http';
  const host = hostOf(attributes, kind);
  const url = host === undefined ? '' : `${scheme}://${host}${path}`;
  return isHttp(url) ? url : undefined;
}

/** curl reads what begins with a dash as a flag, and other protocols than these are none of a trace. */
const isHttp = (url: string): boolean => /^https?:\/\/[^\s/?#]/i.test(url);

function pathOf(attributes: Attributes): string | undefined {
  const target = textAttribute(attributes, 'http.target');
  const path = textAttribute(attributes, 'url.path') ?? target;
  if (path === undefined || !path.startsWith('/')) return undefined;
  const query = path === target ? '' : (textAttribute(attributes, 'url.query') ?? '');
  return query === '' ? path : `${path}?${query.replace(/^\?/, '')}`;
}

/** Names and ports of the server, each beside its own: old conventions have both sides of a connection on a span. */
const serverKeys = {
  client: [
    ['server.address', 'server.port'],
    ['net.peer.name', 'net.peer.port'],
  ],
  server: [
    ['server.address', 'server.port'],
    ['net.host.name', 'net.host.port'],
  ],
} as const;

function hostOf(attributes: Attributes, kind: 'client' | 'server'): string | undefined {
  const whole = textAttribute(attributes, 'http.host');
  if (whole !== undefined) return whole;
  for (const [nameKey, portKey] of serverKeys[kind]) {
    const name = textAttribute(attributes, nameKey);
    if (name === undefined) continue;
    const port = String(attributeOf(attributes, portKey) ?? '');
    const host = isBareIpv6(name) ? `[${name}]` : name;
    return port === '' ? host : `${host}:${port}`;
  }
  return undefined;
}

const isBareIpv6 = (name: string): boolean => name.includes(':') && !name.startsWith('[');

/** Older conventions have `_` for `-` in names of headers, which themselves hardly have it. */
const headerKey = /^http\.request\.header\.(.+)$/;

function requestHeaders(attributes: Attributes): readonly (readonly [string, string])[] {
  const headers: (readonly [string, string])[] = [];
  for (const { key, value } of attributes) {
    const name = headerKey.exec(key)?.[1]?.replaceAll('_', '-');
    if (name === undefined || !headerName.test(name) || ownHeaders.test(name)) continue;
    for (const text of listedTexts(value)) headers.push([name, text.replaceAll(/[\r\n\0]+/g, ' ')]);
  }
  const agent = textAttribute(attributes, 'user_agent.original', 'http.user_agent');
  if (agent !== undefined && !headers.some(([name]) => /^user-agent$/i.test(name)))
    headers.push(['User-Agent', agent.replaceAll(/[\r\n\0]+/g, ' ')]);
  return headers;
}
