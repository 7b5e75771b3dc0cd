import assert from 'node:assert/strict';
import { networkError } from '../../../../src/sources/http/networkError.ts';
import { lanterns } from '../../../support/lanterns.ts';

const shown = 'https://lanterns.example';
const server = { product: lanterns, shown, hide: (text: string) => text };
const sentenceOf = (error: unknown) => networkError(error, server, { maxBytes: 5e7 });
const withCode = (code: string, cause?: unknown) =>
  Object.assign(new Error('failed', { cause }), { code });

describe('networkError', () => {
  for (const [code, words] of Object.entries({
    DEPTH_ZERO_SELF_SIGNED_CERT: "isn't trusted (DEPTH_ZERO_SELF_SIGNED_CERT)",
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: "isn't trusted",
    CERT_HAS_EXPIRED: 'has expired',
    ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'requires a client certificate',
    ERR_TLS_CERT_ALTNAME_INVALID: 'is for another host name',
    EHOSTUNREACH: 'No network route to https://lanterns.example',
    ETIMEDOUT: 'timed out',
    EAI_AGAIN: "Can't find the host",
    EWHATEVER: '(EWHATEVER)',
  }))
    it(`${code} is told as: ${words}`, () => {
      const { message } = sentenceOf(withCode(code));
      assert.ok(message.includes(words), message);
      assert.ok(message.includes(shown), message);
    });

  it('the innermost code counts, through wrappings and several addresses tried', () => {
    const each = new AggregateError(
      [withCode('ECONNREFUSED'), withCode('ENETUNREACH')],
      'all failed',
    );
    const error = sentenceOf(withCode('ERR_BAD_REQUEST', each));
    assert.match(error.message, /^Connection to https:\/\/lanterns.example/);
  });

  it('a refusal at another port is that of a proxy', () => {
    const refused = (port: number) =>
      sentenceOf(Object.assign(withCode('ECONNREFUSED'), { port })).message;
    assert.match(
      refused(3128),
      /^Can't connect to the proxy for https:\/\/lanterns.example .*\(port 3128\)/,
    );
    assert.match(refused(443), /^Connection to https:\/\/lanterns.example/);
  });

  it('what is not an error is told as unknown', () => {
    assert.match(sentenceOf('odd').message, /^Can't connect to .* \(UNKNOWN\)/);
  });
});
