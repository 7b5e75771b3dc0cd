import assert from 'node:assert/strict';
import { isSourceError } from '../../../../src/core/base/sourceError.ts';
import { systemClock } from '../../../../src/engine/systemClock.ts';
import { isLoopback, readAddress } from '../../../../src/sources/jaeger/address.ts';
import { openJaegerSource } from '../../../../src/sources/jaeger/jaegerSource.ts';
import { silentLog } from '../../../support/silentLog.ts';
import { startTestServer } from '../../../support/testServer.ts';

const never = new AbortController().signal;
const jaegerAt = (url: string) =>
  openJaegerSource({
    url,
    headers: {},
    timeoutMs: 5_000,
    maxBytes: 1_000_000,
    sampleSize: 100,
    clock: systemClock,
    log: silentLog,
  });

describe('the address of a Jaeger', () => {
  it('keeps its base path, and loses slashes at the end, query and fragment', () => {
    assert.equal(readAddress(' http://host:16686/a/b//?x=1#y ').base, 'http://host:16686/a/b');
    assert.equal(readAddress('https://host').base, 'https://host');
  });

  it('is refused unless it is http or https', () => {
    for (const url of ['', 'localhost:16686', 'ftp://host', 'file:///etc/passwd', 'http://'])
      assert.throws(
        () => jaegerAt(url),
        (error) => isSourceError(error) && error.code === 'rejected',
      );
  });

  it('is loopback for names and numbers of this machine only', () => {
    for (const host of ['localhost', 'a.localhost', '127.0.0.1', '127.1.2.3', '[::1]'])
      assert.ok(isLoopback(readAddress(`http://${host}:1`)), host);
    for (const host of ['localhost.example', '128.0.0.1', '127.0.0.1.example', '10.0.0.1'])
      assert.ok(!isLoopback(readAddress(`http://${host}`)), host);
  });

  it('has its credentials sent and not shown', async () => {
    const seen: unknown[] = [];
    const server = await startTestServer((request, response) => {
      seen.push(request.headers.authorization, request.url);
      response.writeHead(401).end();
    });
    const source = jaegerAt(`${server.url.replace('//', '//me:p%40ss@')}/base/`);
    assert.equal(source.label, `Jaeger at ${server.url}/base`);
    await assert.rejects(
      source.services(never),
      (error: Error) => !/p@ss|p%40ss/.test(error.message),
    );
    assert.deepEqual(seen, [
      `Basic ${Buffer.from('me:p@ss').toString('base64')}`,
      '/base/api/services',
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
    const answer = (services: string[]) => JSON.stringify({ data: services, errors: null });
    const proxy = await startTestServer((request, response) => {
      asked.push(request.url);
      response.end(answer(['through the proxy']));
    });
    const direct = await startTestServer((_, response) => response.end(answer(['direct'])));
    process.env['HTTP_PROXY'] = proxy.url;
    assert.deepEqual(await jaegerAt('http://jaeger.example:16686').services(never), [
      'through the proxy',
    ]);
    assert.deepEqual(await jaegerAt(direct.url).services(never), ['direct']);
    assert.deepEqual(asked, ['http://jaeger.example:16686/api/services']);
    await Promise.all([proxy.close(), direct.close()]);
  });
});
