import assert from 'node:assert/strict';
import { isSourceError } from '../../../../src/core/base/sourceError.ts';
import { isLoopback, readAddress } from '../../../../src/sources/http/address.ts';
import { openServer } from '../../../../src/sources/http/httpServer.ts';
import { readJson } from '../../../../src/sources/http/jsonAnswer.ts';
import { lanterns } from '../../../support/lanterns.ts';
import { startTestServer } from '../../../support/testServer.ts';

const never = new AbortController().signal;
const serverAt = (url: string) =>
  openServer(lanterns, { url, headers: {}, timeoutMs: 5_000, maxBytes: 1_000_000 });
const ask = async (url: string) => readJson(await serverAt(url).get('/api/list', {}, never));
const read = (url: string) => readAddress(url, lanterns);

describe('the address of a server', () => {
  it('keeps its base path, and loses slashes at the end, query and fragment', () => {
    assert.equal(read(' http://host:16686/a/b//?x=1#y ').base, 'http://host:16686/a/b');
    assert.equal(read('https://host').base, 'https://host');
  });

  it('is refused unless it is http or https, with an example', () => {
    for (const url of ['', 'localhost:7000', 'ftp://host', 'file:///etc/passwd', 'http://'])
      assert.throws(
        () => serverAt(url),
        (error) =>
          isSourceError(error) &&
          error.code === 'rejected' &&
          error.message ===
            'The Lanterns URL must start with http:// or https://, for example http://localhost:7000.',
      );
  });

  it('is loopback for names and numbers of this machine only', () => {
    for (const host of ['localhost', 'a.localhost', '127.0.0.1', '127.1.2.3', '[::1]'])
      assert.ok(isLoopback(read(`http://${host}:1`)), host);
    for (const host of ['localhost.example', '128.0.0.1', '127.0.0.1.example', '10.0.0.1'])
      assert.ok(!isLoopback(read(`http://${host}`)), host);
  });

  it('has its credentials sent and not shown', async () => {
    const seen: unknown[] = [];
    const server = await startTestServer((request, response) => {
      seen.push(request.headers.authorization, request.url);
      response.writeHead(401).end();
    });
    const url = `${server.url.replace('//', '//me:p%40ss@')}/base/`;
    assert.equal(serverAt(url).shown, `${server.url}/base`);
    await assert.rejects(ask(url), (error: Error) => !/p@ss|p%40ss/.test(error.message));
    assert.deepEqual(seen, [
      `Basic ${Buffer.from('me:p@ss').toString('base64')}`,
      '/base/api/list',
    ]);
    await server.close();
  });
});

describe('a proxy named in the environment', () => {
  const before = process.env['HTTP_PROXY'];
  afterEach(() => {
    if (before === undefined) delete process.env['HTTP_PROXY'];
    else process.env['HTTP_PROXY'] = before;
  });

  it('is used for another host and not for a loopback address', async () => {
    const asked: unknown[] = [];
    const proxy = await startTestServer((request, response) => {
      asked.push(request.url);
      response.end('["through the proxy"]');
    });
    const direct = await startTestServer((_, response) => response.end('["direct"]'));
    process.env['HTTP_PROXY'] = proxy.url;
    assert.deepEqual(await ask('http://lanterns.example:7000'), ['through the proxy']);
    assert.deepEqual(await ask(direct.url), ['direct']);
    assert.deepEqual(asked, ['http://lanterns.example:7000/api/list']);
    await Promise.all([proxy.close(), direct.close()]);
  });
});
