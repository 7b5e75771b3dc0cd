import assert from 'node:assert/strict';

import { baseOf, originOf, shownUrl } from '../../../../src/sources/http/origin.ts';

describe('an origin', () => {
  it('is scheme, host and port of an HTTP address, and nothing else is one', () => {
    assert.equal(originOf('https://user:secret@jaeger.dev:443/base?x'), 'https://jaeger.dev');
    assert.equal(originOf('http://localhost:16686/jaeger'), 'http://localhost:16686');
    for (const url of ['', 'localhost:16686', 'file:///etc', 'javascript:alert(1)'])
      assert.equal(originOf(url), undefined, url);
  });
});

describe('a base address', () => {
  it('is origin and path, without credentials, query and a slash at the end', () => {
    assert.equal(baseOf(' https://me:secret@jaeger.dev/base/?x#y '), 'https://jaeger.dev/base');
    assert.equal(baseOf('http://localhost:16686'), 'http://localhost:16686');
    for (const url of ['', 'localhost:16686', 'javascript:alert(1)'])
      assert.equal(baseOf(url), undefined, url);
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
