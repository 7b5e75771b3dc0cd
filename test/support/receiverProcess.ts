import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ReceivedSpans, ReceiverState } from '../../src/engine/receiver.ts';
import { eventually } from './eventually.ts';

/** A receiver in a process of its own, as each window of the editor has one. */
export interface ReceiverProcess {
  readonly process: ChildProcess;
  readonly states: readonly ReceiverState[];
  readonly received: readonly ReceivedSpans[];
  readonly notices: readonly string[];
  /** Waits for the state to be of that kind. */
  reach<Kind extends ReceiverState['kind']>(
    kind: Kind,
  ): Promise<Extract<ReceiverState, { kind: Kind }>>;
  /** Disposes the receiver and waits for the process to end. */
  close(): Promise<void>;
}

export interface ReceiverPlace {
  /** As the setting `spanhop.localStore.host`. */
  readonly host?: string;
  /** A command in front of Node's, such as one that enters another network. */
  readonly command?: readonly string[];
}

export function startReceiverProcess(
  databasePath: string,
  port: number,
  { host = '127.0.0.1', command = [] }: ReceiverPlace = {},
): ReceiverProcess {
  const states: ReceiverState[] = [];
  const received: ReceivedSpans[] = [];
  const notices: string[] = [];
  const main = fileURLToPath(new URL('./receiverMain.ts', import.meta.url));
  const line = [...command, process.execPath, main, databasePath, String(port), host];
  const child = spawn(line[0]!, line.slice(1), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.on(
    'message',
    (message: { state?: ReceiverState; received?: ReceivedSpans; notice?: string }) => {
      if (message.notice !== undefined) notices.push(message.notice);
      if (message.state) states.push(message.state);
      if (message.received) received.push(message.received);
    },
  );
  return {
    process: child,
    states,
    received,
    notices,
    async reach(kind) {
      const isReached = (state: ReceiverState | undefined) => state?.kind === kind;
      const last = () => Promise.resolve(states.at(-1));
      const state = await eventually(`receiver ${kind}`, last, isReached, 30_000);
      return state as Extract<ReceiverState, { kind: typeof kind }>;
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.send('dispose');
      await once(child, 'exit');
    },
  };
}
