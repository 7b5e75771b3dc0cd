import { parentPort, workerData } from 'node:worker_threads';
import { useMessages } from '../../core/base/message.ts';
import type { ExtractWorkerData, SourceAnswer } from './extractThreads.ts';
import { factsOf, loadText, type SourceRequest } from './readSource.ts';

/** Entry of a thread that reads facts. They go back as text: that is copied in a fraction of an object's time. */
function serve(): void {
  if (!parentPort) throw new Error('This file is a worker thread: start it with ExtractThreads.');
  const port = parentPort;
  useMessages((workerData as ExtractWorkerData).messages);
  port.on('message', (requests: readonly SourceRequest[]) => {
    port.postMessage(requests.map(answer));
  });
}

function answer(request: SourceRequest): SourceAnswer {
  const source = loadText(request.path, request.text);
  if (source.kind !== 'text') return source;
  const { key, state } = source;
  return {
    kind: 'facts',
    key,
    state,
    facts: JSON.stringify(factsOf(request, source.text) ?? null),
  };
}

serve();
