import assert from 'node:assert/strict';

import { isHeaderName, isHeaderValue } from '../../../../src/core/base/httpHeader.ts';
import { readSecrets, SourceSecrets } from '../../../../src/host/settings/sourceSecrets.ts';
import { settings } from '../../../../src/host/contributions.ts';
import type { SettingReader } from '../../../../src/core/base/setting.ts';
import { sources, type SourceValues } from '../../../../src/sources/registry.ts';
import { MemorySecrets } from './memorySecrets.ts';

/** What is set, for what Jaeger asks of it. */
const withUrl =
  (url: string): SettingReader<SourceValues> =>
  (id) =>
    ({ ...settings[id], ...(id === 'spanhop.jaeger.url' && { default: url }) }).default as never;

describe('the secrets of a source', () => {
  const headers = 'spanhop.headers';

  it('are where earlier versions kept the headers of Jaeger', async () => {
    const store = new MemorySecrets();
    const { secret } = sources.jaeger.editor;
    await new SourceSecrets(store).set(secret.storedAs, 'https://jaeger.dev', 'x-tenant', 'a');
    assert.deepEqual(
      [...store.values],
      [['spanhop.headers:https://jaeger.dev', '{"x-tenant":"a"}']],
    );
  });

  it('of Jaeger are for the origin they were entered for, whatever the path, and for no other', () => {
    const boundTo = (url: string) => sources.jaeger.editor.secret.boundTo(withUrl(url));
    assert.equal(boundTo('https://jaeger.dev/base'), 'https://jaeger.dev');
    for (const url of ['http://jaeger.dev', 'https://jaeger.dev:8443', 'https://jaeger.dev.evil'])
      assert.notEqual(boundTo(url), 'https://jaeger.dev', url);
    for (const url of ['', 'localhost:16686']) assert.equal(boundTo(url), undefined, url);
  });

  it('of one server or source are not those of another', async () => {
    const secrets = new SourceSecrets(new MemorySecrets());
    await secrets.set(headers, 'https://a', 'Authorization', 'Bearer abc');
    assert.deepEqual(await secrets.read(headers, 'https://a'), { Authorization: 'Bearer abc' });
    assert.deepEqual(await secrets.read(headers, 'https://b'), {});
    assert.deepEqual(await secrets.read('spanhop.password', 'https://a'), {});
  });

  it('of one name are one, in any case; clearing takes all of the server', async () => {
    const secrets = new SourceSecrets(new MemorySecrets());
    await secrets.set(headers, 'https://a', 'Authorization', '1');
    await secrets.set(headers, 'https://a', 'authorization', '2');
    await secrets.set(headers, 'https://b', 'x-tenant', 'b');
    assert.deepEqual(await secrets.read(headers, 'https://a'), { authorization: '2' });
    await secrets.clear(headers, 'https://a');
    assert.deepEqual(await secrets.read(headers, 'https://a'), {});
    assert.deepEqual(await secrets.read(headers, 'https://b'), { 'x-tenant': 'b' });
  });

  it('that are damaged are none', () => {
    for (const stored of [undefined, '', 'null', '[1]', '{"a":1}', '{'])
      assert.deepEqual(readSecrets(stored), {}, stored);
  });
});

describe('a header', () => {
  it('that could break a request is refused', () => {
    for (const name of ['', 'a b', 'a:b', 'a\r\nb', 'ü']) assert.ok(!isHeaderName(name), name);
    for (const value of ['', ' a', 'a\nb', 'ü']) assert.ok(!isHeaderValue(value), value);
    assert.ok(isHeaderName('X-Scope-OrgID') && isHeaderValue('Basic dXNlcjpwYXNz=='));
  });
});
