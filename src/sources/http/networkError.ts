import { message } from '../../core/base/message.ts';
import { SourceError, type SourceErrorCode } from '../../core/base/sourceError.ts';
import { TooManyBytes } from './answer.ts';
import type { ServerOptions } from './serverOptions.ts';
import type { Product, Server } from './product.ts';

/** Why no answer came, from the error of axios, Node or `readBody`: a sentence for the user, details for the log. */
export function networkError(
  error: unknown,
  { product, shown, hide }: Server,
  { maxBytes, access }: Pick<ServerOptions, 'maxBytes' | 'access'>,
): SourceError {
  const { code, text, port } = describe(error);
  if (error instanceof TooManyBytes)
    return new SourceError('tooLarge', tooLarge(shown, maxBytes), `more than ${maxBytes} bytes`);
  const [kind, sentence] =
    code === 'ECONNREFUSED' && port !== undefined && port !== portOf(shown)
      ? proxyRefused(shown, port, (access?.network?.proxy ?? '') !== '')
      : sentenceFor(code, text, { product, shown });
  return new SourceError(kind, sentence, hide(`${code}: ${text}`));
}

type Sentence = readonly [SourceErrorCode, string];

type Named = Pick<Server, 'product' | 'shown'>;

function sentenceFor(code: string, text: string, server: Named): Sentence {
  const { product, shown } = server;
  if (text.includes('stream has been aborted')) return brokenOff(shown);
  if (text.includes('socket hang up')) return silentlyClosed(server);
  if (code === 'CERT_HAS_EXPIRED')
    return ['unreachable', message('The certificate of {0} has expired. Renew it there.', shown)];
  if (/ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|HANDSHAKE_FAILURE)/.test(code))
    return ['unauthorized', clientCertificate(shown, product)];
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return [
      'unreachable',
      message('The certificate of {0} is for another host name. Use that one in the URL.', shown),
    ];
  if (isCertificateError(code))
    return [
      'unreachable',
      message(
        "The certificate of {0} isn't trusted ({1}). Set {2} to its certificate authority, or use the right host name.",
        shown,
        code,
        `${product.settings}.caFile`,
      ),
    ];
  return (
    connectionSentence(code, server) ?? [
      'unreachable',
      message("Can't connect to {0} ({1}). Check the URL and network.", shown, code),
    ]
  );
}

const clientCertificate = (shown: string, { settings }: Product): string =>
  message(
    '{0} requires a client certificate. Set {1} and {2}.',
    shown,
    `${settings}.clientCertificateFile`,
    `${settings}.clientKeyFile`,
  );

/** Whoever refuses isn't the server: the connection goes through a proxy. */
const proxyRefused = (shown: string, port: number, isSetting: boolean): Sentence => [
  'unreachable',
  isSetting
    ? message(
        "Can't connect to the proxy for {0} (port {1}). Check http.proxy, or add the host to http.noProxy.",
        shown,
        port,
      )
    : message(
        "Can't connect to the proxy for {0} (port {1}). Check HTTP_PROXY and HTTPS_PROXY, or add the host to NO_PROXY.",
        shown,
        port,
      ),
];

function portOf(shown: string): number {
  const { port, protocol } = new URL(shown);
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

const tooLarge = (shown: string, maxBytes: number): string =>
  message(
    'The response from {0} is larger than {1} MB. Shorten the time range, reduce the number of traces, or increase the maximum response size in Settings.',
    shown,
    Math.round(maxBytes / 1e5) / 10,
  );

const brokenOff = (shown: string): Sentence => [
  'unreachable',
  message('{0} closed the connection before the response was complete. Try again.', shown),
];

/** As a server of TLS does that is asked without, or one that ends. */
const silentlyClosed = ({ product, shown }: Named): Sentence => [
  'unreachable',
  shown.startsWith('http:')
    ? message(
        '{0} closed the connection without a response. Check that {1} is running, or try https://.',
        shown,
        product.name,
      )
    : message(
        '{0} closed the connection without a response. Check that {1} is running.',
        shown,
        product.name,
      ),
];

function connectionSentence(code: string, { product, shown }: Named): Sentence | undefined {
  switch (code) {
    case 'ECONNREFUSED':
      return [
        'unreachable',
        message('Connection to {0} refused. Start {1}, or check the URL.', shown, product.name),
      ];
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return [
        'unreachable',
        message("Can't find the host of {0}. Check the URL and network.", shown),
      ];
    case 'ETIMEDOUT':
      return [
        'timedOut',
        message('Connection to {0} timed out. Check the URL, VPN and firewall.', shown),
      ];
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return ['unreachable', message('No network route to {0}. Check the network and VPN.', shown)];
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return brokenOff(shown);
    case 'ERR_FR_TOO_MANY_REDIRECTS':
      return [
        'unsupported',
        message('{0} redirects in a loop. Check the URL and base path.', shown),
      ];
    default:
      return protocolSentence(code, shown, product);
  }
}

/** Something answers, but it doesn't speak what the address says. */
function protocolSentence(code: string, shown: string, product: Product): Sentence | undefined {
  if (code === 'EPROTO' || code.startsWith('ERR_SSL'))
    return [
      'unreachable',
      message("Can't use TLS with {0}. Try http:// instead of https://.", shown),
    ];
  if (code.startsWith('HPE_'))
    return [
      'unsupported',
      message(
        "{0} isn't an HTTP server. Check the port; the default port of {1} is {2}.",
        shown,
        product.name,
        portOf(product.defaultUrl),
      ),
    ];
  if (code.startsWith('Z_') || code.startsWith('ERR__ERROR_FORMAT'))
    return [
      'malformed',
      message(
        "The response from {0} can't be decompressed. Check for a proxy that changes responses.",
        shown,
      ),
    ];
  return undefined;
}

/** OpenSSL's verification codes, as Node names them (doc/api/tls.md, "X509 certificate error codes"). */
const isCertificateError = (code: string): boolean =>
  /CERT|^UNABLE_TO_|SELF_SIGNED|^ERR_TLS_|^HOSTNAME_MISMATCH/.test(code);

/** The innermost code: `AggregateError`s of happy eyeballs and axios' wrappings hold the real one. */
function describe(error: unknown): { code: string; text: string; port: number | undefined } {
  let code = 'UNKNOWN';
  let text = '';
  let port: number | undefined;
  for (let at = error, depth = 0; at instanceof Error && depth < 5; depth += 1) {
    const own = (at as { code?: unknown }).code;
    // axios' codes say less than what they wrap: ERR_BAD_RESPONSE around ECONNRESET.
    if ('port' in at && typeof at.port === 'number') port = at.port;
    if (typeof own === 'string' && (code === 'UNKNOWN' || !own.startsWith('ERR_BAD'))) code = own;
    text = text === '' ? at.message : `${text} < ${at.message}`;
    at = at instanceof AggregateError ? at.errors[0] : at.cause;
  }
  return { code, text: text.slice(0, 500), port };
}
