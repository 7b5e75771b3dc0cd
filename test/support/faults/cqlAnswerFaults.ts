import { setTimeout as wait } from 'node:timers/promises';
import { startCqlProxy, type CqlProxy, type Treatment } from '../cql/cqlProxy.ts';
import { errorBody, frame, int, opcodes, short } from '../cql/frames.ts';
import { withUsers } from './cassandraProcessFaults.ts';
import type { FaultTimes } from './fault.ts';
import { asReader, onCassandra } from './onCassandra.ts';

const mostBytes = 2_000_000;
const fault = onCassandra(withUsers, (times: FaultTimes) => ({
  ...asReader(times),
  maxBytes: mostBytes,
}));

/** What comes instead of the rows of a table. */
const answered = (title: string, says: RegExp, treat: Treatment) => {
  let proxy: CqlProxy | undefined;
  return fault({
    title,
    says,
    begin: async ({ cassandra, relay }) => {
      proxy = await startCqlProxy(cassandra.running().port, treat);
      relay.to(proxy.port);
    },
    end: async ({ cassandra, relay }) => {
      relay.to(cassandra.running().port);
      await proxy?.close();
    },
  });
};

const withError =
  (code: number, said: string, more?: Buffer): Treatment =>
  (question, client) => {
    client.write(frame(question, opcodes.error, errorBody(code, said, more)));
    return false;
  };

/** LOCAL_ONE, of one node none answered. */
const noneAnswered = Buffer.concat([short(10), int(0), int(1), Buffer.from([0])]);
const cutAfter = 50;
const flood = { chunkBytes: 65_536, pauseMs: 5 };
const lateMs = 30_000;

/** What a Cassandra answers that is overloaded, broken off or not one at all. */
export const cqlAnswerFaults = [
  answered(
    'a response after 30 s',
    /didn't respond within \S+ s\. Check the cluster, shorten the time range, or increase/,
    async (_question, client) => {
      const gone = new AbortController();
      client.once('close', () => gone.abort());
      await wait(lateMs, undefined, { signal: gone.signal }).catch(() => undefined);
      return !client.destroyed;
    },
  ),
  answered(
    'overloaded',
    /^Cassandra at \S+ is overloaded or starting\. Try again later\.$/,
    withError(0x1001, 'Server is in overloaded state'),
  ),
  answered(
    'replicas time out',
    /^Nodes of Cassandra at \S+ didn't respond in time\. Check the cluster/,
    withError(0x1200, 'Operation timed out - received only 0 responses.', noneAnswered),
  ),
  answered(
    'closes the connection in the middle of each response',
    /closed the connection\. Check the port/,
    (question, client) => {
      const whole = frame(question, opcodes.result, Buffer.alloc(2 * cutAfter));
      client.end(whole.subarray(0, cutAfter), () => client.destroy());
      return false;
    },
  ),
  answered(
    'a response without end',
    /^The response from \S+ is larger than 2 MB\. Shorten the time range/,
    async (question, client) => {
      const head = frame(question, opcodes.result, Buffer.alloc(0));
      head.writeUInt32BE(0x7fff_ffff, 5);
      client.write(head);
      while (!client.destroyed) {
        client.write(Buffer.alloc(flood.chunkBytes));
        await wait(flood.pauseMs);
      }
      return false;
    },
  ),
];
