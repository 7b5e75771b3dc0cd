import { parentPort, workerData } from 'node:worker_threads';
import type { EngineEvents, EngineMethods } from '../../src/engine/methods.ts';
import { Whereabouts } from '../../src/engine/whereabouts.ts';
import type { EngineSigns, EngineWorkerData } from '../../src/engine/worker.ts';
import { workerChannel } from '../../src/engine/workerChannel.ts';
import { Rpc } from '../../src/protocol/rpc.ts';
import { hangOrFlood } from './hangOrFlood.ts';

type StuckMethods = Pick<
  EngineMethods,
  'openWorkspace' | 'filesChanged' | 'services' | 'operations'
>;

/** Stands for an engine that doesn't get over what a file's text says: `hang`, `flood` the memory, `die`. */
function serve(): void {
  if (!parentPort) throw new Error('This file is a worker thread.');
  const { memory, leftOut } = workerData as EngineWorkerData;
  const whereabouts = new Whereabouts(memory);
  const reasons = new Map(leftOut);
  const read: string[] = [];
  const take = (path: string, text = '') => {
    if (reasons.has(path)) return;
    whereabouts.begin(path);
    hangOrFlood(text);
    if (text === 'die') process.exit(1);
    read.push(path);
    whereabouts.leave();
  };
  const summary = () => ({
    files: read.length,
    handlers: 0,
    calls: 0,
    problems: reasons.size,
    durationMs: 0,
  });
  const rpc = new Rpc<StuckMethods, object, EngineEvents, EngineSigns>(
    workerChannel(parentPort),
    {
      openWorkspace: ({ folders, unsaved = [] }) => {
        for (const path of folders) take(path);
        for (const { path, text } of unsaved) take(path, text ?? '');
        return summary();
      },
      filesChanged: ({ changes }) => {
        for (const { path } of changes) reasons.delete(path);
        for (const { path, text } of changes) take(path, text ?? '');
        return summary();
      },
      services: () => read,
      // Not at any file.
      operations: () => {
        for (;;);
      },
    },
    () => {
      whereabouts.leave();
    },
  );
  rpc.emit('log', { level: 'info', message: 'started' });
}

serve();
