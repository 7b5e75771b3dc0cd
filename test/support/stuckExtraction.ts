import { parentPort, workerData } from 'node:worker_threads';
import type { ExtractWorkerData } from '../../src/engine/code/extractThreads.ts';
import type { SourceRequest } from '../../src/engine/code/readSource.ts';
import { Whereabouts } from '../../src/engine/whereabouts.ts';
import { hangOrFlood } from './hangOrFlood.ts';

/** Stands for a thread that reads facts and doesn't get over what a file's text says. */
parentPort?.on('message', (requests: readonly SourceRequest[]) => {
  const whereabouts = new Whereabouts((workerData as ExtractWorkerData).memory);
  const answers = requests.map(({ path, text }) => {
    whereabouts.begin(path);
    hangOrFlood(text);
    return { kind: 'gone' };
  });
  whereabouts.leave();
  parentPort?.postMessage(answers);
});
