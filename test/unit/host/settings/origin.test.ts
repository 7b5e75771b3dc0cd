import assert from 'node:assert/strict';
import { JaegerHeaders, type SecretStore } from '../../../../src/host/settings/jaegerHeaders.ts';
import { isHeaderName, isHeaderValue } from '../../../../src/core/base/httpHeader.ts';
import { headersFromSecret, originOf, shownUrl } from '../../../../src/host/settings/origin.ts';

/** VS Code's secret storage, in memory. */
class MemorySecrets implements SecretStore {
  readonly #values = new Map<string, string>();
  get = (key: string) => Promise.resolve(this.#values.get(key));
  store = (key: string, value: string) => {
    this.#values.set(key, value);
    return Promise.resolve();
  };
  delete = (key: string) => {
    this.#values.delete(key);
    return Promise.resolve();
  };
  onDidChange = () => ({ dispose: () => undefined });
}

describe('an origin', () => {
  it('is scheme, host and port of an HTTP address, and nothing else is one', () => {
    assert.equal(originOf('https://user:secret@jaeger.dev:443/base?x'), 'https://jaeger.dev');
    assert.equal(originOf('http://localhost:16686/jaeger'), 'http://localhost:16686');
    for (const url of ['', 'localhost:16686', 'file:///etc', 'javascript:alert(1)'])
      assert.equal(originOf(url), undefined, url);
  });
});

describe('an address on the screen', () => {
  it('has no user and no password', () => {
    assert.equal(shownUrl('https://me:hunter2@jaeger.dev/base'), 'https://jaeger.dev/base');
    assert.equal(shownUrl(' http://me@host:16686 '), 'http://host:16686');
    assert.equal(shownUrl('http://me:p@ss@host/a@b'), 'http://host/a@b');
    assert.equal(shownUrl('http://localhost:16686/jaeger'), 'http://localhost:16686/jaeger');
  });
});

describe('Jaeger headers', () => {
  it('are sent to the origin they were entered for, whatever the path, and to no other', async () => {
    const headers = new JaegerHeaders(new MemorySecrets());
    await headers.set('https://jaeger.dev', 'Authorization', 'Bearer abc');
    assert.deepEqual(await headers.read('https://jaeger.dev/base'), {
      Authorization: 'Bearer abc',
    });
    for (const url of [
      'http://jaeger.dev',
      'https://jaeger.dev:8443',
      'https://jaeger.dev.evil',
      '',
    ])
      assert.deepEqual(await headers.read(url), {}, url);
  });

  it('of one name are one, in any case; clearing takes all of the origin', async () => {
    const headers = new JaegerHeaders(new MemorySecrets());
    await headers.set('https://a', 'Authorization', '1');
    await headers.set('https://a', 'authorization', '2');
    await headers.set('https://b', 'x-tenant', 'b');
    assert.deepEqual(await headers.read('https://a'), { authorization: '2' });
    await headers.clear('https://a');
    assert.deepEqual(await headers.read('https://a'), {});
    assert.deepEqual(await headers.read('https://b'), { 'x-tenant': 'b' });
  });

  it('that could break a request are refused', () => {
    for (const name of ['', 'a b', 'a:b', 'a\r\nb', 'ü']) assert.ok(!isHeaderName(name), name);
    for (const value of ['', ' a', 'a\nb', 'ü']) assert.ok(!isHeaderValue(value), value);
    assert.ok(isHeaderName('X-Scope-OrgID') && isHeaderValue('Basic dXNlcjpwYXNz=='));
  });

  it('in a damaged secret are none', () => {
    for (const secret of [undefined, '', 'null', '[1]', '{"a":1}', '{'])
      assert.deepEqual(headersFromSecret(secret), {}, secret);
  });
});
