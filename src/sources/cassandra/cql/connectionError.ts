import { message } from '../../../core/base/message.ts';
import type { Asked, Sentence } from './asked.ts';
import type { ErrorParts } from './errorParts.ts';

/** Why there is no connection. */
export function connectionSentence(parts: ErrorParts, asked: Asked): Sentence {
  return (
    signInSentence(parts, asked) ??
    networkSentence(parts, asked) ??
    tlsSentence(parts, asked) ?? [
      'unreachable',
      message(
        "Can't connect to {0} at {1} ({2}). Check the contact points and network.",
        asked.product,
        asked.shown,
        parts.code === 'UNKNOWN' ? parts.name : parts.code,
      ),
    ]
  );
}

function signInSentence(
  { name, text }: ErrorParts,
  { product, shown, user }: Asked,
): Sentence | undefined {
  if (name !== 'AuthenticationError') return undefined;
  if (user === undefined || text.includes('requires authentication'))
    return [
      'unauthorized',
      message('{0} at {1} requires a user and a password. Set both.', product, shown),
    ];
  return [
    'unauthorized',
    message('{0} at {1} rejected user {2} or the password. Check both.', product, shown, user),
  ];
}

function networkSentence(
  { code, text, isSocketError }: ErrorParts,
  { product, shown }: Asked,
): Sentence | undefined {
  switch (code) {
    case 'ECONNREFUSED':
      return [
        'unreachable',
        message(
          'Connection to {0} refused. Start {1}, or check the contact points.',
          shown,
          product,
        ),
      ];
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return [
        'unreachable',
        message("Can't find the host of {0}. Check the contact points and network.", shown),
      ];
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return ['unreachable', message('No network route to {0}. Check the network and VPN.', shown)];
    case 'ETIMEDOUT':
      return ['unreachable', connectTimedOut(shown)];
    case 'ECONNRESET':
    case 'EPIPE':
      return ['unreachable', closed(shown)];
  }
  if (text === 'Connection timeout') return ['unreachable', connectTimedOut(shown)];
  return isSocketError ? ['unreachable', closed(shown)] : undefined;
}

const connectTimedOut = (shown: string): string =>
  message('Connection to {0} timed out. Check the contact points, VPN and firewall.', shown);

const closed = (shown: string): string =>
  message(
    '{0} closed the connection. Check the port (9042 unless changed), whether the server requires TLS, and how many connections it allows.',
    shown,
  );

function tlsSentence({ code }: ErrorParts, asked: Asked): Sentence | undefined {
  const { shown } = asked;
  if (code === 'CERT_HAS_EXPIRED')
    return [
      'unreachable',
      message('The certificate of {0} has expired. Renew it on the server.', shown),
    ];
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH')
    return [
      'unreachable',
      message(
        'The certificate of {0} is for another host name. Set the server name it is for.',
        shown,
      ),
    ];
  const ofClient = clientCertificateSentence(code, asked);
  if (ofClient) return ofClient;
  // OpenSSL's verification codes, as Node names them (doc/api/tls.md, "X509 certificate error codes").
  if (/CERT|^UNABLE_TO_|SELF_SIGNED/.test(code))
    return [
      'unreachable',
      message(
        "The certificate of {0} isn't trusted ({1}). Set its certificate authority (CA).",
        shown,
        code,
      ),
    ];
  if (code === 'EPROTO' || code.startsWith('ERR_SSL'))
    return [
      'unreachable',
      message("Can't use TLS with {0}. Check the port and TLS settings.", shown),
    ];
  return undefined;
}

/** What is wrong with the certificate that the server asks its clients for. Alerts are what the server says of it. */
function clientCertificateSentence(
  code: string,
  { shown, showsCertificate }: Asked,
): Sentence | undefined {
  const settings = ['spanhop.cassandra.tls.certFile', 'spanhop.cassandra.tls.keyFile'] as const;
  if (code.includes('_ALERT_') && showsCertificate)
    return [
      'unreachable',
      message(
        "{0} doesn't accept the client certificate. Check its files ({1}, {2}).",
        shown,
        ...settings,
      ),
    ];
  if (/_ALERT_.*CERTIFICATE/.test(code))
    return [
      'unreachable',
      message(
        '{0} requires a client certificate. Set its certificate and key files ({1}, {2}).',
        shown,
        ...settings,
      ),
    ];
  // OpenSSL refuses to take them, before anything is sent.
  if (/^ERR_(OSSL|CRYPTO|MISSING_PASSPHRASE)/.test(code))
    return [
      'rejected',
      message(
        "Can't use the client certificate ({0}). Check its files ({1}, {2}): the key must belong to it and have no passphrase.",
        code,
        ...settings,
      ),
    ];
  return undefined;
}
