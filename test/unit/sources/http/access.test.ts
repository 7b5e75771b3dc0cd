import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSourceError } from '../../../../src/core/base/sourceError.ts';
import type { HttpAccess, NetworkSettings } from '../../../../src/sources/http/access.ts';
import { openServer } from '../../../../src/sources/http/httpServer.ts';
import { readJson } from '../../../../src/sources/http/jsonAnswer.ts';
import { selfSigned, type SelfSigned } from '../../../support/certificates.ts';
import { eventually } from '../../../support/eventually.ts';
import { lanterns } from '../../../support/lanterns.ts';
import { startTestServer } from '../../../support/testServer.ts';

const never = new AbortController().signal;
const network: NetworkSettings = {
  proxy: '',
  usesProxy: true,
  noProxy: [],
  strictSsl: true,
  systemCertificates: false,
};

async function ask(
  url: string,
  access: HttpAccess = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const server = openServer(lanterns, {
    url,
    headers,
    timeoutMs: 5_000,
    maxBytes: 1_000_000,
    access,
  });
  return readJson(await server.get('/api/list', {}, never));
}

describe('getting in to a server', () => {
  const closing: (() => unknown)[] = [];
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanhop-access-'));
  });
  after(() => rmSync(folder, { recursive: true }));
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  /** An HTTPS server on 127.0.0.1, its port. */
  async function secured(own: SelfSigned, options: ServerOptions = {}): Promise<number> {
    const server = createServer(
      { cert: own.certificate, key: own.key, ...options },
      (_, response) => void response.end('["secured"]'),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return (server.address() as AddressInfo).port;
  }

  async function serve(answer: RequestListener): Promise<string> {
    const server = await startTestServer(answer);
    closing.push(() => server.close());
    return server.url;
  }

  const fails = (sentence: RegExp) => (error: unknown) =>
    isSourceError(error) && sentence.test(error.message);

  it('takes a certificate that its own authority or the setting for it vouches for', async () => {
    const own = selfSigned(['localhost']);
    const url = `https://localhost:${String(await secured(own))}`;
    await assert.rejects(
      ask(url),
      fails(/isn't trusted \(.*\)\. Set spanhop\.lanterns\.caFile to its certificate authority/),
    );
    const caFile = file('ca.pem', own.certificate);
    assert.deepEqual(await ask(url, { caFile }), ['secured']);
    assert.deepEqual(
      await ask(url, { caFile, network: { ...network, systemCertificates: true } }),
      ['secured'],
    );
    await assert.rejects(ask(url, { network }), fails(/isn't trusted/));
    assert.deepEqual(await ask(url, { network: { ...network, strictSsl: false } }), ['secured']);
  });

  it('names a certificate that has expired, and a file that cannot be read', async () => {
    const own = selfSigned(['localhost'], true);
    const url = `https://localhost:${String(await secured(own))}`;
    const caFile = file('expired.pem', own.certificate);
    await assert.rejects(ask(url, { caFile }), fails(/certificate of .* has expired/));
    const missing = join(folder, 'missing.pem');
    await assert.rejects(
      ask(url, { caFile: missing }),
      fails(/Can't read certificate file .*missing\.pem \(ENOENT\)/),
    );
  });

  it('shows its own certificate to a server that requires one', async () => {
    const [own, client] = [selfSigned(['localhost']), selfSigned([])];
    const options = { requestCert: true, rejectUnauthorized: true, ca: client.certificate };
    const url = `https://localhost:${String(await secured(own, options))}`;
    const caFile = file('server.pem', own.certificate);
    await assert.rejects(
      ask(url, { caFile }),
      fails(/requires a client certificate\. Set spanhop\.lanterns\.clientCertificateFile/),
    );
    const clientCertificateFile = file('client.pem', client.certificate);
    const clientKeyFile = file('client.key', client.key);
    assert.deepEqual(await ask(url, { caFile, clientCertificateFile, clientKeyFile }), ['secured']);
    const both = file('both.pem', `${client.certificate}${client.key}`);
    assert.deepEqual(await ask(url, { caFile, clientCertificateFile: both }), ['secured']);
  });

  it("goes through the editor's proxy, except to hosts that it says are asked directly", async () => {
    const seen: unknown[] = [];
    const proxy = await serve((request, response) => {
      seen.push(request.url, request.headers['proxy-authorization']);
      response.end('["through the proxy"]');
    });
    const settings = { ...network, proxy: proxy.replace('//', '//me:p%40ss@') };
    const far = 'http://lanterns.example:7000';
    assert.deepEqual(await ask(far, { network: settings }), ['through the proxy']);
    const basic = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
    assert.deepEqual(seen, [`${far}/api/list`, basic]);
    const own = await serve((_, response) => void response.end('["direct"]'));
    assert.deepEqual(await ask(own, { network: settings }), ['direct']);
    for (const exempt of [
      'lanterns.example',
      '.example',
      '*.example',
      'lanterns.example:7000',
      '*',
    ])
      await assert.rejects(
        ask(far, { network: { ...settings, noProxy: [exempt] } }),
        fails(/Can't find the host/),
        exempt,
      );
    for (const other of ['ample', 'lanterns.example:80', 'x.lanterns.example'])
      assert.deepEqual(await ask(far, { network: { ...settings, noProxy: [other] } }), [
        'through the proxy',
      ]);
  });

  it('asks a server with TLS through a tunnel, which sees neither path nor headers', async () => {
    const own = selfSigned(['lanterns.example']);
    const port = await secured(own);
    const seen: unknown[] = [];
    const proxy = await startTestServer((_, response) => void response.writeHead(500).end());
    closing.push(() => proxy.close());
    proxy.onConnect((request, socket: Socket) => {
      seen.push(request.url, request.headers.authorization);
      const tunnel = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        tunnel.pipe(socket).pipe(tunnel);
      });
      tunnel.on('error', () => socket.destroy());
      tunnel.on('close', () => socket.destroySoon());
      socket.on('error', () => tunnel.destroy());
    });
    const access = {
      caFile: file('far.pem', own.certificate),
      network: { ...network, proxy: proxy.url },
    };
    const headers = { Authorization: 'Bearer s3cr3t' };
    assert.deepEqual(await ask('https://lanterns.example', access, headers), ['secured']);
    assert.deepEqual(seen, ['lanterns.example:443', undefined]);
    await eventually(
      'the tunnel is closed',
      () => Promise.resolve(proxy.connections.size),
      (open) => open === 0,
    );
  });

  it("keeps an auth proxy's cookies while it is asked, beside its own, and shows them to nobody", async () => {
    const seen: unknown[] = [];
    let answers = 0;
    const url = await serve((request, response) => {
      seen.push(request.headers.cookie);
      answers += 1;
      if (request.url === '/api/list' && answers === 1)
        return void response
          .writeHead(302, { location: '/signed-in', 'set-cookie': 'session=s3cr3t-one; Path=/' })
          .end();
      if (answers === 4) return void response.writeHead(500).end('{"problem":"bad s3cr3t-two"}');
      const cookies =
        answers === 2
          ? ['session=s3cr3t-two', 'own=; Max-Age=0']
          : ['session=; expires=Thu, 01 Jan 1970 00:00:00 GMT'];
      response
        .writeHead(
          200,
          answers === 5
            ? { 'set-cookie': cookies }
            : answers === 2
              ? { 'set-cookie': cookies }
              : {},
        )
        .end('[]');
    });
    const server = openServer(lanterns, {
      url,
      headers: { cookie: 'own=mine; other=1' },
      timeoutMs: 5_000,
      maxBytes: 1_000_000,
    });
    const get = async () => readJson(await server.get('/api/list', {}, never));
    await get();
    await get();
    await assert.rejects(get(), fails(/bad •••/));
    await get();
    await get();
    assert.deepEqual(seen, [
      'own=mine; other=1',
      'own=mine; other=1; session=s3cr3t-one',
      'other=1; session=s3cr3t-two',
      'other=1; session=s3cr3t-two',
      'other=1; session=s3cr3t-two',
      'other=1',
    ]);
  });

  for (const status of [429, 503]) {
    it(`asks once more when HTTP ${String(status)} says that it may soon`, async () => {
      let asked = 0;
      const url = await serve((_, response) => {
        asked += 1;
        if (asked === 1) response.writeHead(status, { 'retry-after': '0' }).end();
        else response.end('["now"]');
      });
      assert.deepEqual(await ask(url), ['now']);
      asked = 0;
      const always = await serve((_, response) => {
        asked += 1;
        response.writeHead(status, { 'retry-after': '0' }).end();
      });
      await assert.rejects(ask(always), (error) => isSourceError(error) && error.code === 'busy');
      assert.equal(asked, 2);
    });

    it(`says when HTTP ${String(status)} wants to be asked again, where that is later`, async () => {
      let asked = 0;
      const url = await serve((_, response) => {
        asked += 1;
        const date = new Date(Date.now() + 120_500).toUTCString();
        response.writeHead(status, { 'retry-after': asked === 1 ? '90' : date }).end();
      });
      await assert.rejects(ask(url), fails(/HTTP .*\)\. Try again in 90 s\./));
      await assert.rejects(ask(url), fails(/Try again in 1(19|20|21) s\./));
      assert.equal(asked, 2);
    });
  }
});
