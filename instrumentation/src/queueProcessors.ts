import type { Location } from './location.ts';

const processors = new Map<string, () => Location | undefined>();

/** BullMQ calls a processor's `process` itself: its span, `process <queue>`, tells only the queue. */
export function addQueueProcessor(queue: string, location: () => Location | undefined): void {
  processors.set(queue, location);
}

export function queueProcessorLocation(spanName: string): Location | undefined {
  return spanName.startsWith('process ') ? processors.get(spanName.slice(8))?.() : undefined;
}
