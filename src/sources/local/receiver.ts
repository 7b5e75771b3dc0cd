import { setTimeout as pause } from 'node:timers/promises';
import { errorText } from '../../core/base/errorText.ts';
import { message } from '../../core/base/message.ts';
import type { OtlpSpans } from '../otlp/envelope.ts';
import { createOtlpServer } from './http/otlpServer.ts';
import { askIdentity, databaseIdentity, type Identity, type PortHolder } from './identity.ts';
import { errorCode } from './listen.ts';
import { readHostSetting } from './listenAddresses.ts';
import { Listeners } from './listeners.ts';
import { openOwnedStore, type OwnedStore } from './ownedStore.ts';
import type { ReceiverReport, ReceiverState, ReceiverWorkerOptions } from './receiverMessages.ts';
import { tellRefusedSenders } from './refusedSenders.ts';
import { tellUnreadableSpans } from './unreadableSpans.ts';

/** Between looks at who has the port, in ms; half of it again is chance, so that windows take turns. */
const lookEvery = 2_000;
/** After a failure, or while a stranger has the port. */
const retryEvery = 5_000;
/** Times another may take the port between a look and an attempt. */
const mostOutrun = 10;
/** The Collector's default limit for a body. */
const maxBodyBytes = 20 * 1024 * 1024;
const requestTimeoutMs = 15_000;

interface Owned {
  readonly listeners: Listeners;
  readonly store: OwnedStore;
}

/**
 * Receives while it has the port; shares the store while another window of ours has it, and takes over when
 * that one ends; waits while a stranger has it. Tells each change to `report` once.
 * @returns what ends it: settled when port and store are closed.
 */
export function runReceiver(
  options: ReceiverWorkerOptions,
  report: (report: ReceiverReport) => void,
): () => Promise<void> {
  const stopping = new AbortController();
  const database = databaseIdentity(options.databasePath);
  let owned: Owned | undefined;
  let lastState = '';
  let total = 0;
  let reported = 0;
  let seenElsewhere: Identity | undefined;
  let outrun = 0;

  const tell = (state: ReceiverState) => {
    const text = JSON.stringify(state);
    if (text !== lastState) report({ kind: 'state', state });
    lastState = text;
  };
  const warn = (text: string) => report({ kind: 'log', level: 'warn', message: text });
  const onError = (error: unknown) =>
    report({ kind: 'log', level: 'error', message: describe(error) });

  const notice = (sentence: string) => report({ kind: 'notice', message: sentence });
  const onRefused = tellRefusedSenders({ notice, warn });
  const onUnreadable = tellUnreadableSpans(options.port, { notice, warn });

  const running = (async () => {
    while (!stopping.signal.aborted) {
      if (owned && !owned.store.isUsable) await giveUp();
      if (owned) await listenFurther(owned.listeners);
      const wait = owned ? lookEvery : await takeOrShare();
      await pause(wait * (1 + Math.random() / 2), undefined, stopping).catch(() => undefined);
    }
  })();
  const reporting = setInterval(() => {
    if (total === reported) return;
    report({ kind: 'received', received: { spans: total - reported } });
    reported = total;
  }, 1_000);

  /** @returns how long to wait before the next look, in ms. */
  async function takeOrShare(): Promise<number> {
    try {
      const holder = options.port === 0 ? 'nobody' : await askIdentity(options.port);
      if (holder === 'nobody') await take();
      else if (typeof holder === 'object' && holder.database === database) share(holder);
      // A window of ours with much to do is still ours.
      else if (holder === 'silent' && seenElsewhere !== undefined) return lookEvery;
      else {
        tell({ kind: 'portTaken', port: options.port, message: takenBy(holder) });
        return retryEvery;
      }
      return lookEvery;
    } catch (error) {
      // Another window was quicker, and the next look finds it; unless it is held by what doesn't answer.
      if (errorCode(error) === 'EADDRINUSE' && ++outrun < mostOutrun) return lookEvery / 10;
      onError(error);
      if (errorCode(error) === 'EADDRINUSE')
        tell({ kind: 'portTaken', port: options.port, message: takenBy('stranger') });
      else tell({ kind: 'failed', message: failure(error) });
      return retryEvery;
    }
  }

  async function take(): Promise<void> {
    const further = readHostSetting(options.host);
    const listeners = await Listeners.open({ further, port: options.port, newServer, warn });
    try {
      const store = openOwnedStore(options.databasePath, options, {
        onError,
        onPutAside: notice,
      });
      owned = { listeners, store };
    } catch (error) {
      await listeners.close();
      throw error;
    }
    seenElsewhere = undefined;
    outrun = 0;
    tell(listening(listeners));
  }

  /** A store that fails is told of until it takes spans again. */
  async function listenFurther(listeners: Listeners): Promise<void> {
    const before = listeners.host;
    await listeners.complete();
    if (listeners.host !== before) tell(listening(listeners));
  }

  async function giveUp(): Promise<void> {
    const given = owned;
    owned = undefined;
    if (!given) return;
    await given.listeners.close();
    await given.store.close();
  }

  function newServer() {
    return createOtlpServer({
      maxBodyBytes,
      requestTimeoutMs,
      accept(received) {
        keep(received);
        total += received.spans.length;
        const [first] = received.dropped;
        if (first)
          warn(`${received.droppedCount} spans dropped, first ${first.position}: ${first.reason}`);
      },
      identity: (): Identity => ({ product: 'spanhop', pid: process.pid, database, spans: total }),
      onRefused,
      onUnreadable,
      onError,
    });
  }

  /** A store that takes nothing, as on a full disk, is a state of the receiver, until it takes spans again. */
  function keep(received: OtlpSpans): void {
    if (owned === undefined) throw new Error('the store is not open yet');
    try {
      owned.store.write(received.spans, received);
    } catch (error) {
      tell({ kind: 'failed', message: failure(error) });
      throw error;
    }
    tell(listening(owned.listeners));
  }

  function share(holder: Identity): void {
    if (holder.pid === seenElsewhere?.pid) total += Math.max(0, holder.spans - seenElsewhere.spans);
    seenElsewhere = holder;
    tell({ kind: 'sharing', port: options.port });
  }

  return async () => {
    stopping.abort();
    clearInterval(reporting);
    await running;
    await giveUp();
    tell({ kind: 'stopped' });
  };

  function takenBy(holder: PortHolder): string {
    return typeof holder === 'string'
      ? message(
          'Port {0} is in use by another program, such as a Collector or Jaeger. Stop it, or change spanhop.localStore.port.',
          options.port,
        )
      : message(
          'Port {0} is in use by another Spanhop (process {1}). Close it, or change spanhop.localStore.port.',
          options.port,
          holder.pid,
        );
  }

  function failure(error: unknown): string {
    if (errorCode(error) === 'EACCES')
      return message(
        'No permission to open port {0}. Set spanhop.localStore.port to a port above 1024.',
        options.port,
      );
    return errorText(error);
  }
}

function listening({ port, host, problem }: Listeners): ReceiverState {
  return {
    kind: 'listening',
    port,
    ...(host !== undefined && { host }),
    ...(problem !== undefined && { problem }),
  };
}

/** For the log: with the stack of a bug, and the detail of a known error. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const detail = 'detail' in error ? ` (${String(error.detail)})` : '';
  return error.name === 'SourceError' ? error.message + detail : (error.stack ?? error.message);
}
