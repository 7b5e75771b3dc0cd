import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import {
  connect,
  createServer as createNetServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { eventually } from '../eventually.ts';
import { asReader, onCassandra, setBack, type CassandraStage } from './onCassandra.ts';
import { shareCassandra } from './sharedCassandra.ts';

const mostConnections = 64;

/** With little room for what harms it, so that it doesn't take long. */
export const withUsers = shareCassandra({
  authentication: true,
  settings: {
    permissions_validity: '300ms',
    roles_validity: '300ms',
    credentials_validity: '300ms',
    tombstone_warn_threshold: 500,
    tombstone_failure_threshold: 1_000,
    native_transport_max_concurrent_connections: mostConnections,
  },
});

const fault = onCassandra(withUsers, asReader);

/** In the middle of the hundreds of questions that figures are read with. */
const whileRead = ({ screen }: CassandraStage) =>
  eventually(
    'a reading under way',
    () => Promise.resolve(screen.figures().busy),
    (isBusy) => isBusy,
  );

/** Another server at its address, as behind a wrong port. */
const instead = (title: string, says: RegExp, newServer: () => Server) => {
  let server: Server | undefined;
  return fault({
    title,
    says,
    begin: async ({ relay }) => {
      server = newServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      relay.to((server.address() as AddressInfo).port);
    },
    end: ({ relay, cassandra }) => {
      relay.to(cassandra.running().port);
      server?.close();
      return Promise.resolve();
    },
  });
};

const hogs: Socket[] = [];

/** What befalls its process and the way to it. */
export const cassandraProcessFaults = [
  fault({
    title: 'not running',
    says: /^Connection to 127\.0\.0\.1:\d+ refused\. Start Cassandra, or check the contact points\.$/,
    begin: ({ relay }) => relay.listen(false),
    end: ({ relay }) => relay.listen(true),
  }),
  fault({
    title: 'killed in the middle of a reading, and restarted',
    isDirect: true,
    says: /^Connection to 127\.0\.0\.1:\d+ refused\. Start Cassandra/,
    begin: async (stage) => {
      await whileRead(stage);
      stage.cassandra.running().signal('SIGKILL');
    },
    end: ({ cassandra }) => cassandra.running().restart(),
  }),
  fault({
    title: 'stopped (SIGSTOP) in the middle of a reading',
    isDirect: true,
    says: /^Cassandra at \S+ didn't respond within \S+ s\. Check the cluster and the port/,
    begin: async (stage) => {
      await whileRead(stage);
      stage.cassandra.running().signal('SIGSTOP');
    },
    end: ({ cassandra }) => {
      cassandra.running().signal('SIGCONT');
      return Promise.resolve();
    },
  }),
  fault({
    title: 'no more connections allowed (native_transport_max_concurrent_connections)',
    says: /closed the connection\. .+ how many connections it allows\.$/,
    begin: async ({ cassandra, relay }) => {
      const { host, port } = cassandra.running();
      await relay.listen(false); // The window's own would be free again.
      for (let count = 0; count < 2 * mostConnections; count += 1) {
        const socket = connect(port, host).on('error', () => undefined);
        hogs.push(socket);
        await new Promise<void>((resolve) => {
          socket.once('connect', resolve).once('close', () => resolve());
        });
      }
      await relay.listen(true);
    },
    end: () => {
      for (const socket of hogs.splice(0)) socket.destroy();
      return Promise.resolve();
    },
  }),
  instead('a web server at its port', /isn't a Cassandra server\. Check the port/, () =>
    createServer((_request, response) => response.end('hello')),
  ),
  instead('an OTLP receiver (gRPC) at its port', /isn't a Cassandra server\. Check the port/, () =>
    createHttp2Server(),
  ),
  instead(
    'a server at its port that says nothing',
    /didn't respond within \S+ s\. Check the cluster and the port/,
    () => createNetServer((socket) => socket.on('error', () => undefined).resume()),
  ),
  fault({
    title: 'host name unknown',
    figures: 'gone',
    says: /^Can't find the host of nowhere\.invalid:9042\. Check the contact points and network\.$/,
    begin: ({ set }) => set({ contactPoints: ['nowhere.invalid'] }),
    end: setBack,
  }),
];
