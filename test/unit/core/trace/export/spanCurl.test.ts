import assert from 'node:assert/strict';
import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { shellWord } from '../../../../../src/core/trace/export/shellWord.ts';
import { requestUrl, spanCurl } from '../../../../../src/core/trace/export/spanCurl.ts';
import type { AttributeValue } from '../../../../../src/core/trace/rawSpan.ts';
import { assertGolden } from '../../../../support/goldenText.ts';
import { exportedSpan } from './exportedSpan.ts';

const spanOf = (
  record: Readonly<Record<string, AttributeValue>>,
  kind: 'client' | 'server' | 'internal' = 'server',
) => ({ kind, attributes: Object.entries(record).map(([key, value]) => ({ key, value })) });

/** The arguments that a shell gives to `curl`, a list for each command. */
function argumentsIn(commands: readonly string[]): string[][] {
  const script = `curl() { for one in "$@"; do printf '%s\\0' "$one"; done; printf '\\0'; }\n${commands.join('\n')}\n`;
  const said = execFileSync('sh', ['-c', script], { encoding: 'utf8', cwd: '/' });
  return said
    .split('\0\0')
    .slice(0, -1)
    .map((list) => list.split('\0'));
}

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...Array.from(`'"\\$\`!;&|<>(){}[]*?~#%=\n\t -@é😀`)),
    fc.constantFrom('$(id)', "'; rm -rf /; '", '`id`', '\\\n', 'a'),
  ),
  minLength: 1,
});

describe('a span as curl', () => {
  it('has method, address and the headers that were recorded', () => {
    assertGolden(new URL('spanCurl.golden.txt', import.meta.url), spanCurl(exportedSpan) ?? '');
  });

  it('has the address that the span says, whole or in parts, of new and old conventions', () => {
    const urls = [
      spanOf({ 'url.full': 'http://a/b?c=d' }, 'client'),
      spanOf({ 'http.url': 'https://a:8443/b' }, 'client'),
      spanOf({
        'url.scheme': 'https',
        'server.address': 'shop',
        'server.port': 8080,
        'url.path': '/a',
        'url.query': '?b=c',
      }),
      spanOf({ 'http.scheme': 'http', 'http.host': 'shop:3000', 'http.target': '/a?b=c' }),
      spanOf({ 'net.host.name': '::1', 'net.host.port': 80, 'http.target': '/' }),
      spanOf({ 'server.address': '[::1]', 'server.port': '3000', 'url.path': '/a' }),
      spanOf({ 'server.address': 'shop', 'url.path': '/a' }),
    ].map(requestUrl);
    assert.deepEqual(urls, [
      'http://a/b?c=d',
      'https://a:8443/b',
      'https://shop:8080/a?b=c',
      'http://shop:3000/a?b=c',
      'http://[::1]:80/',
      'http://[::1]:3000/a',
      'http://shop/a',
    ]);
  });

  it('has name and port of the server, not of who called it', () => {
    const both = {
      'net.host.name': 'shop',
      'net.host.port': 3000,
      'net.peer.name': 'stock',
      'net.peer.port': 51_234,
      'http.target': '/a',
    };
    assert.equal(requestUrl(spanOf(both, 'server')), 'http://shop:3000/a');
    assert.equal(requestUrl(spanOf(both, 'client')), 'http://stock:51234/a');
    const mixed = { 'server.address': 'shop', 'net.peer.port': 51_234, 'url.path': '/a' };
    for (const kind of ['server', 'client'] as const)
      assert.equal(requestUrl(spanOf(mixed, kind)), 'http://shop/a');
    const caller = { 'net.peer.name': 'stock', 'http.target': '/a' };
    assert.equal(requestUrl(spanOf(caller, 'server')), undefined);
  });

  it('is none of a span that is no request or says no address, nor of a file', () => {
    for (const span of [
      spanOf({ 'url.full': 'http://a/b' }, 'internal'),
      spanOf({ 'http.route': '/orders/:id' }),
      spanOf({ 'url.path': '/a' }),
      spanOf({ 'url.full': 'file:///etc/passwd' }),
      spanOf({ 'url.full': '--output=/tmp/x' }),
      spanOf({ 'url.scheme': 'file', 'server.address': 'x', 'url.path': '/etc' }),
    ])
      assert.equal(spanCurl(span), undefined);
  });

  it('sends what it says with any method: a HEAD without a body; is none where the method is none', () => {
    const of = (method: string, original = method) =>
      spanCurl(
        spanOf({
          'url.full': 'http://a/',
          'http.request.method': method,
          'http.request.method_original': original,
        }),
      );
    assert.deepEqual(
      ['GET', 'delete', 'HEAD', '_OTHER', '-o x'].map((method) => of(method)),
      ['curl http://a/', 'curl -X DELETE http://a/', 'curl --head http://a/', undefined, undefined],
    );
    assert.equal(of('_OTHER', 'M-SEARCH'), 'curl -X M-SEARCH http://a/');
    assert.equal(of('_OTHER', 'a b'), undefined);
    assert.equal(spanCurl(spanOf({ 'url.full': 'http://a/' })), 'curl http://a/');
  });

  it('has the elements of a list that became JSON text as headers, as in Jaeger', () => {
    const of = (value: AttributeValue) =>
      spanCurl(spanOf({ 'url.full': 'http://a/', 'http.request.header.x': value }));
    assert.equal(of('["a/b"]'), "curl http://a/ \\\n  -H 'x: a/b'");
    assert.equal(of('["a","b"]'), of(['a', 'b']));
    assert.equal(of('[1,true]'), of(['1', 'true']));
    for (const whole of ['[a', '[{"a":1}]', '[null]', '{"a":1}'])
      assert.equal(of(whole), of([whole]), whole);
  });

  it('reaches curl sign by sign through a shell, whatever the values are', () => {
    const cases = fc.sample(fc.tuple(hostile, fc.array(hostile, { maxLength: 3 })), 300);
    const commands: string[] = [];
    const wanted: string[][] = [];
    for (const [path, headers] of cases) {
      const url = `http://host/${path}`;
      const command = spanCurl(
        spanOf({ 'http.method': 'PUT', 'url.full': url, 'http.request.header.x-a': headers }),
      );
      if (command === undefined) continue;
      commands.push(command);
      wanted.push([
        '-X',
        'PUT',
        ...(/[[\]{}]/.test(url) ? ['--globoff'] : []),
        url,
        ...headers.flatMap((header) => ['-H', `x-a: ${header.replaceAll(/[\r\n]+/g, ' ')}`]),
      ]);
    }
    assert.ok(commands.length > 200);
    assert.deepEqual(argumentsIn(commands), wanted);
  });
});

describe('a word of a shell', () => {
  it('is the text again, whatever it is', () => {
    const texts = fc.sample(fc.oneof(hostile, fc.constant('')), 500);
    assert.deepEqual(
      argumentsIn(texts.map((text) => `curl ${shellWord(text)} end`)),
      texts.map((text) => [text, 'end']),
    );
  });
});
