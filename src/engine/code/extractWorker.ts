import { parentPort, workerData } from 'node:worker_threads';
import { useMessages } from '../../core/base/message.ts';
import { extractFacts } from '../../core/code/extractFacts.ts';
import type { ExtractAnswer, ExtractRequest, ExtractWorkerData } from './extractThreads.ts';

/** Entry of a thread that reads facts. They go back as text: that is copied in a fraction of an object's time. */
function serve(): void {
  if (!parentPort) throw new Error('This file is a worker thread: start it with ExtractThreads.');
  const port = parentPort;
  useMessages((workerData as ExtractWorkerData).messages);
  port.on('message', ({ id, path, text }: ExtractRequest) => {
    const answer: ExtractAnswer = { id, facts: JSON.stringify(extractFacts(path, text)) };
    port.postMessage(answer);
  });
}

serve();
