import { parentPort, workerData } from 'node:worker_threads';
import { useMessages } from '../../core/base/message.ts';
import type { ExtractWorkerData, SourceAnswer } from './extractThreads.ts';
import { factsTextsOf, loadParser, loadText, type SourceRequest } from './readSource.ts';

/** Entry of a thread that reads facts. */
function serve(): void {
  if (!parentPort) throw new Error('This file is a worker thread: start it with ExtractThreads.');
  const port = parentPort;
  useMessages((workerData as ExtractWorkerData).messages);
  const loaded = loadParser();
  port.on('message', (requests: readonly SourceRequest[]) => {
    void loaded.then(() => port.postMessage(requests.map(answer)));
  });
}

function answer(request: SourceRequest): SourceAnswer {
  const source = loadText(request.path, request.text);
  if (source.kind !== 'text') return source;
  const { key, state, text } = source;
  return { kind: 'facts', key, state, facts: factsTextsOf(request, text) };
}

serve();
