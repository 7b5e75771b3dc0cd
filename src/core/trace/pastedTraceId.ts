import { parseTraceId } from './traceId.ts';

/** Of Jaeger UI, Tempo's and Zipkin's pages and APIs, and of Spanhop's own links. */
const ofPage = /^[a-z][a-z+.-]*:\/\/[^?#\s]*\/traces?\/([0-9a-f]{1,32})\/?(?:[?#]|$)/i;

/**
 * What people paste for a trace: its id in any way that `parseTraceId` knows, or the address of a page that shows it, as
 * `http://localhost:16686/trace/4bf92f35…?uiFind=…`. Undefined when it is neither.
 */
export function pastedTraceId(text: string): string | undefined {
  return parseTraceId(ofPage.exec(text.trim())?.[1] ?? text);
}
