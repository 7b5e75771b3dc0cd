import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { eventually } from '../eventually.ts';
import { startReceiverProcess, type ReceiverProcess } from '../receiverProcess.ts';
import type { Fault } from './fault.ts';
import { onLocal, type LocalStage } from './localStage.ts';

const sockets = new Set<Socket>();
const hangUp = (): void => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
};

let stranger: Server;
let otherWindow: ReceiverProcess;

/** What befalls the receiver, its port and its store. */
const ofTheReceiver: readonly Fault[] = [
  onLocal({
    title: "the receiver's thread ends while spans come",
    says: /^The trace receiver stopped and is restarting\. See the log for details\.$/,
    figures: 'fresh',
    begin: async ({ send }, screen) => {
      const sending = send().catch(() => undefined);
      await screen.killThread('spanhop-receiver');
      await sending;
    },
    end: () => undefined,
  }),
  onLocal({
    title: 'the port is taken by another program while the receiver restarts',
    says: /^Port \d+ is in use by another program, such as a Collector or Jaeger\. Stop it, or change/,
    figures: 'fresh',
    begin: async ({ port }, screen) => {
      await screen.killThread('spanhop-receiver');
      stranger = createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
      });
      stranger.listen(port, '127.0.0.1');
      await once(stranger, 'listening');
    },
    end: async () => {
      stranger.close();
      hangUp();
      await once(stranger, 'close');
    },
  }),
  onLocal({
    title: 'another window receives for both, and is killed',
    says: /^Receiving OTLP at http:\/\/127\.0\.0\.1:\d+\.$/,
    figures: 'fresh',
    begin: async ({ databasePath, port }, screen) => {
      await screen.killThread('spanhop-receiver');
      otherWindow = startReceiverProcess(databasePath, port);
      await otherWindow.reach('listening');
      await eventually(
        'this window shares',
        () => Promise.resolve(screen.status().lines.join(' ')),
        (lines) => lines.includes('Another window receives'),
        30_000,
      );
      otherWindow.process.kill('SIGKILL');
      await once(otherWindow.process, 'exit');
    },
    said: (screen) => screen.status().lines.find((line) => line.startsWith('Receiving')),
    end: () => undefined,
  }),
  onLocal({
    title: 'the trace database is damaged when the receiver starts',
    says: /^The trace database was damaged and renamed to .*; a new one is in use\./,
    figures: 'gone',
    begin: async ({ databasePath }, screen) => {
      await screen.killThread('spanhop-receiver');
      for (const log of ['-wal', '-shm']) rmSync(databasePath + log, { force: true });
      writeFileSync(databasePath, Buffer.alloc(200_000, 'noise'));
    },
    said: (screen) => screen.notices.at(-1),
    end: () => undefined,
  }),
];

const mounts = (...args: readonly string[]): void => {
  execFileSync(args[0] ?? '', args.slice(1), { stdio: 'ignore' });
};

const unmount = ({ databasePath }: LocalStage): void => {
  try {
    mounts('umount', '--lazy', dirname(databasePath));
  } catch {
    // Its end did so.
  }
};

/** Only the administrator of a Linux machine can mount. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

const ofTheDisk: readonly Fault[] = [
  onLocal({
    title: 'no space is left on the disk',
    isPossible: canMount,
    says: /^No disk space left for the trace database .*\. Free up space, or lower spanhop\.localStore\.maxMegabytes\.$/,
    figures: 'fresh',
    opening: ({ databasePath }) => {
      mounts('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dirname(databasePath));
    },
    begin: async ({ databasePath, send }) => {
      try {
        writeFileSync(`${dirname(databasePath)}/filler`, Buffer.alloc(2_000_000));
      } catch {
        // What there was is filled.
      }
      for (let sent = 0; sent < 200; sent += 1)
        if (
          await send().then(
            () => false,
            () => true,
          )
        )
          return;
    },
    end: ({ databasePath }) => {
      mounts('rm', `${dirname(databasePath)}/filler`);
    },
    close: unmount,
  }),
  onLocal({
    title: 'the folder is read-only when the receiver starts',
    isPossible: canMount,
    says: /^Can't use the trace database .*: .*read.?only.*\. Check the permissions of its folder\.$/i,
    figures: 'fresh',
    begin: async ({ databasePath }, screen) => {
      await screen.killThread('spanhop-receiver');
      const store = dirname(databasePath);
      mounts('mount', '--bind', store, store);
      mounts('mount', '-o', 'remount,ro,bind', store);
    },
    end: unmount,
    close: unmount,
  }),
];

/** A delivery of an exporter that nobody can read, and what pops up. */
const delivery = (title: string, says: RegExp, deliver: (stage: LocalStage) => unknown): Fault =>
  onLocal({
    title: `an exporter ${title}`,
    says,
    figures: 'fresh',
    begin: async (stage) => {
      await deliver(stage);
    },
    said: (screen) => screen.notices.at(-1),
    end: hangUp,
  });

const post =
  (type: string, body: string | Buffer, headers = {}) =>
  ({ port }: LocalStage) =>
    fetch(`http://127.0.0.1:${String(port)}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': type, ...headers },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    }).then((answer) => answer.text());

/** Bytes as they are, in answer to which the socket is left open. */
const raw =
  (text: string) =>
  ({ port }: LocalStage) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    sockets.add(socket);
    socket.write(text);
    return socket;
  };

const ofExporters: readonly Fault[] = [
  delivery(
    'sends a web page as JSON',
    /\(HTTP 400\)\. Check the exporter\. Reason: The body is not JSON\.$/,
    post('application/json', '<html>'),
  ),
  delivery(
    'sends garbage as protobuf',
    /\(HTTP 400\)\. .* Not valid OTLP protobuf/,
    post('application/x-protobuf', Buffer.alloc(500, 0xff)),
  ),
  delivery(
    'sends gzip that is cut off',
    /\(HTTP 400\)\. .* The body is not gzip, or was cut short\./,
    post('application/json', gzipSync('{"resourceSpans":[]}').subarray(0, 20), {
      'content-encoding': 'gzip',
    }),
  ),
  delivery(
    'sends another content type',
    /\(HTTP 415\)\. .* Send application\/x-protobuf or application\/json\./,
    post('text/html', '<html>'),
  ),
  delivery(
    'sends a body that never ends',
    /\(HTTP 413\)\. .* A body may have \d+ bytes/,
    (stage) => {
      const socket = raw(
        'POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
      )(stage);
      const chunk = Buffer.concat([
        Buffer.from('f4240\r\n'),
        Buffer.alloc(1_000_000, ' '),
        Buffer.from('\r\n'),
      ]);
      const timer = setInterval(() => {
        if (!socket.writableNeedDrain) socket.write(chunk);
      }, 1);
      socket.once('close', () => clearInterval(timer));
    },
  ),
  delivery(
    'speaks OTLP/gRPC',
    /^Spans sent over gRPC to port \d+ were rejected.* Set OTEL_EXPORTER_OTLP_PROTOCOL to http\/protobuf\.$/,
    async ({ port }) => {
      const client = connectHttp2(`http://127.0.0.1:${String(port)}`);
      client.on('error', () => undefined);
      await new Promise((resolve) => client.once('close', resolve));
    },
  ),
];

let slow: Socket;
let answered = '';

const hungExporter = onLocal({
  title: 'an exporter hangs in the middle of a body',
  says: /^Nothing; the exporter gets: HTTP\/1\.1 408 Request Timeout$/,
  figures: 'fresh',
  begin: (stage) => {
    answered = '';
    slow = raw(
      'POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
    )(stage);
    slow.on('data', (chunk: Buffer) => {
      answered = `Nothing; the exporter gets: ${chunk.toString().split('\r\n')[0] ?? ''}`;
    });
  },
  said: () => answered,
  end: () => {
    slow.destroy();
  },
});

/** What goes wrong where spans come straight into the window. */
export const localFaults: readonly Fault[] = [
  ...ofTheReceiver,
  ...ofTheDisk,
  ...ofExporters,
  hungExporter,
];
