import { parentPort, workerData } from 'node:worker_threads';
import { useMessages } from '../../core/base/message.ts';
import { Whereabouts } from '../whereabouts.ts';
import type { ExtractWorkerData, SourceAnswer } from './extractThreads.ts';
import { factsTextsOf, loadParser, loadText, type SourceRequest } from './readSource.ts';

/** Entry of a thread that reads facts. */
function serve(): void {
  if (!parentPort) throw new Error('This file is a worker thread: start it with ExtractThreads.');
  const port = parentPort;
  const { messages, memory } = workerData as ExtractWorkerData;
  useMessages(messages);
  const whereabouts = new Whereabouts(memory);
  const loaded = loadParser();
  port.on('message', (requests: readonly SourceRequest[]) => {
    void loaded.then(() => {
      const answers = requests.map((request) => answer(request, whereabouts));
      whereabouts.leave();
      port.postMessage(answers);
    });
  });
}

function answer(request: SourceRequest, whereabouts: Whereabouts): SourceAnswer {
  whereabouts.begin(request.path);
  const source = loadText(request.path, request.text);
  if (source.kind !== 'text') return source;
  const { key, state, text } = source;
  return { kind: 'facts', key, state, facts: factsTextsOf(request, text) };
}

serve();
