import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import type { SourceSettings } from '../../../src/sources/registry.ts';
import { startCassandra, type RunningCassandra } from '../backends/cassandra.ts';
import { selfSigned, type SelfSigned } from '../certificates.ts';
import type { Fault } from './fault.ts';
import type { JaegerRelease, JaegerStage } from './jaegerStage.ts';
import { answering, jaegerAt, onJaeger, onPlace, type JaegerFault } from './onJaeger.ts';

/** What is at an address in place of a Jaeger, and what is wrong with the address or with the way there. */
export const jaegerAddressFaults = (release: JaegerRelease): readonly Fault[] =>
  [
    ...samePort,
    // What answers there is the same whichever Jaeger was expected.
    ...(release === 'Jaeger 1.67' ? [cassandrasPort] : []),
    ...protocols,
    ...certificates,
    otherAddress(
      'a host name that does not exist',
      /^Can't find the host of/,
      () => 'http://jaeger.invalid:16686',
    ),
    otherAddress(
      'a base path that is not there',
      /Check the (URL and )?base path/,
      (url) => `${url}/nowhere`,
    ),
    proxyGone,
  ].map((fault) => fault(release));

const samePort = [
  answering(
    'the port of another HTTP server',
    /\(HTTP 404\)\. Check the URL and base path/,
    (_, response) =>
      void response
        .writeHead(404, { 'content-type': 'application/json' })
        .end('{"statusCode":404,"message":"Cannot GET /api/services","error":"Not Found"}'),
  ),
  onJaeger({
    title: "Jaeger's own port for OTLP",
    says: /\(HTTP 404\)\. Check the URL and base path/,
    begin: ({ jaeger, relay }) => {
      relay.to(Number(new URL(jaeger.otlp).port));
    },
    end: ({ relay, behind }) => {
      relay.to(behind);
    },
  }),
];

let cassandra: RunningCassandra | undefined;
const cassandrasPort = onJaeger({
  title: "Cassandra's port for CQL",
  says: /isn't an HTTP server\. Check the port; the default port of Jaeger is 16686/,
  begin: async ({ relay }) => {
    cassandra = await startCassandra();
    relay.to(cassandra.port);
  },
  end: async ({ relay, behind }) => {
    relay.to(behind);
    await cassandra?.stop();
  },
});

interface Secured extends JaegerStage {
  readonly settings: () => SourceSettings<'jaeger'>;
  /** Trusted by the window, but for `stranger`. */
  readonly valid: SelfSigned;
  readonly expired: SelfSigned;
  readonly otherName: SelfSigned;
  readonly stranger: SelfSigned;
}

/** A Jaeger behind https. */
async function secured(stage: JaegerStage): Promise<Secured> {
  const folder = await mkdtemp(join(tmpdir(), 'spanhop-fault-'));
  const certificates = {
    valid: selfSigned(['localhost']),
    expired: selfSigned(['localhost'], true),
    otherName: selfSigned(['jaeger.example']),
    stranger: selfSigned(['localhost']),
  };
  const { valid, expired, otherName } = certificates;
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, [valid, expired, otherName].map((one) => one.certificate).join(''));
  stage.relay.showCertificate(valid);
  const url = `https://localhost:${String(stage.relay.port)}`;
  return {
    ...stage,
    ...certificates,
    settings: () => jaegerAt(url, stage.times, { caFile }),
    close: async () => {
      await stage.close();
      await rm(folder, { recursive: true });
    },
  };
}

const onCertificate = (title: string, says: RegExp, shown: 'expired' | 'otherName' | 'stranger') =>
  onPlace<Secured>(
    {
      title,
      says,
      begin: (place) => {
        place.relay.showCertificate(place[shown]);
      },
      end: ({ relay, valid }) => {
        relay.showCertificate(valid);
      },
    },
    secured,
  );

const certificates = [
  onCertificate(
    'a certificate that is not trusted',
    /isn't trusted \(.*\)\. Set spanhop\.jaeger\.caFile/,
    'stranger',
  ),
  onCertificate('a certificate that has expired', /has expired\. Renew it there/, 'expired'),
  onCertificate(
    'a certificate of another host name',
    /is for another host name\. Use that one in the URL\.$/,
    'otherName',
  ),
];

const protocols = [
  onPlace<Secured>(
    {
      title: 'https asked of a server of http',
      says: /^Can't use TLS with https:.*\. Try http:\/\/ instead of https:\/\/\.$/,
      begin: ({ relay }) => {
        relay.showCertificate(undefined);
      },
      end: ({ relay, valid }) => {
        relay.showCertificate(valid);
      },
    },
    secured,
  ),
  answering(
    'http asked of a server of https that says so, such as Jaeger itself',
    /^http:.* uses TLS\. Use https:\/\/ instead of http:\/\/\.$/,
    (_, response) =>
      void response
        .writeHead(400, { 'content-type': 'text/plain' })
        .end('Client sent an HTTP request to an HTTPS server.\n'),
  ),
  onJaeger({
    title: 'http asked of a server of https that hangs up',
    says: /closed the connection without a response\. Check that Jaeger is running, or try https/,
    begin: ({ relay }) => {
      relay.showCertificate(selfSigned(['localhost']));
    },
    end: ({ relay }) => {
      relay.showCertificate(undefined);
    },
  }),
];

/** The settings name another address, and later the right one again. */
function otherAddress(title: string, says: RegExp, change: (url: string) => string): JaegerFault {
  return onPlace<
    JaegerStage & { settings: () => SourceSettings<'jaeger'>; address: { url: string } }
  >(
    {
      title,
      says,
      figures: 'gone',
      begin: async ({ url, address }, screen) => {
        address.url = change(url);
        await screen.settingsChanged();
      },
      end: async ({ url, address }, screen) => {
        address.url = url;
        await screen.settingsChanged();
      },
    },
    (stage) => {
      const address = { url: stage.url };
      return Promise.resolve({
        ...stage,
        address,
        settings: () => jaegerAt(address.url, stage.times),
      });
    },
  );
}

/** The way out, as `http.proxy` names it: here it leads to Jaeger whatever host is asked for. */
const proxyGone = onPlace(
  {
    title: "the proxy of the editor's settings is gone",
    says: /^Can't connect to the proxy for http:\/\/jaeger\.example:16686 \(port \d+\)\. Check http\.proxy/,
    begin: ({ relay }) => relay.listen(false),
    end: ({ relay }) => relay.listen(true),
  },
  async (stage) => {
    const proxy = createServer((incoming, response) => {
      const { pathname, search } = new URL(incoming.url ?? '');
      const onward = request(
        {
          host: '127.0.0.1',
          port: stage.behind,
          path: pathname + search,
          headers: incoming.headers,
        },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      onward.on('error', () => response.destroy());
      onward.end();
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    stage.relay.to((proxy.address() as AddressInfo).port);
    const network = {
      proxy: `http://127.0.0.1:${String(stage.relay.port)}`,
      usesProxy: true,
      noProxy: [],
      strictSsl: true,
      systemCertificates: false,
    };
    return {
      ...stage,
      settings: () => jaegerAt('http://jaeger.example:16686', stage.times, { network }),
      close: async () => {
        await stage.close();
        proxy.closeAllConnections();
        proxy.close();
        await once(proxy, 'close');
      },
    };
  },
);
