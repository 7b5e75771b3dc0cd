import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { useMessages, type MessageBundle } from '../core/base/message.ts';
import { Rpc } from '../protocol/rpc.ts';
import { createEngine } from './engine.ts';
import type { EngineEvents, EngineMethods } from './methods.ts';
import { Whereabouts } from './whereabouts.ts';
import { systemClock } from './systemClock.ts';
import { workerChannel } from './workerChannel.ts';

/** What `startEngine` hands to the thread. */
export interface EngineWorkerData {
  readonly messages: MessageBundle;
  /** Of this very file. */
  readonly workerPath: string;
  /** See `ExtractThreadOptions.workerPath`. */
  readonly extractWorkerPath: string;
  /** Of the thread's whereabouts. */
  readonly memory: SharedArrayBuffer;
  /** Files that threads before this one didn't get over, with the reasons. */
  readonly leftOut: readonly (readonly [path: string, reason: string])[];
}

/** What the parent tells the thread, besides calls. */
export interface EngineSigns {
  /** A sign of life is wanted: its whereabouts change. */
  knock: undefined;
}

/** Entry of the engine's thread: the engine behind the parent's messages. */
function serve(): void {
  if (!parentPort) throw new Error('This file is a worker thread: start it with startEngine.');
  const { messages, workerPath, extractWorkerPath, memory, leftOut } =
    workerData as EngineWorkerData;
  const whereabouts = new Whereabouts(memory);
  useMessages(messages);
  const log = (level: EngineEvents['log']['level']) => (text: string, error?: unknown) => {
    const stack = error instanceof Error ? `\n${error.stack ?? error.message}` : '';
    rpc.emit('log', { level, message: text + stack });
  };
  const engine = createEngine({
    clock: systemClock,
    log: { info: log('info'), warn: log('warn'), error: log('error') },
    extractThreads: { workerPath: extractWorkerPath, messages },
    build: buildOf(workerPath, messages),
    whereabouts,
    leftOut: new Map(leftOut),
    emit: (name, value) => {
      rpc.emit(name, value);
    },
  });
  const rpc = new Rpc<EngineMethods, object, EngineEvents, EngineSigns>(
    workerChannel(parentPort),
    engine.methods,
    () => {
      whereabouts.leave();
    },
  );
}

/**
 * A bundle holds all that links, and with the language of its sentences names it; undefined: sources, of which this
 * file is but one.
 */
function buildOf(workerPath: string, messages: MessageBundle): string | undefined {
  if (workerPath.endsWith('.ts')) return undefined;
  const digest = createHash('sha1').update(readFileSync(workerPath));
  return digest.update(JSON.stringify(messages)).digest('hex');
}

serve();
