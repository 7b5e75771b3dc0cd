import { parseTraceId } from './traceId.ts';

/** Of Jaeger UI, Tempo's and Zipkin's pages and APIs, and of Spanhop's own links. */
const ofPage = /^[a-z][a-z+.-]*:\/\/[^?#\s]*\/traces?\/([0-9a-f]{1,32})\/?(?:[?#]|$)/i;
/** Of Grafana's Explore, which has its queries as JSON in its address. */
const ofExplore = /^https?:\/\/[^?#\s]*\/explore\?[^#\s]*"query":"\s*([0-9a-f]{1,32})\s*"/i;
/** What logs, JSON, addresses and headers call it; `dd.trace_id` is a decimal number. */
const named =
  /(?<![\w-]|\bdd\.)(?:trace[_.-]?id|traceparent|uber-trace-id|x-b3-traceid|b3|x-amzn-trace-id)\\?["']?\s*[:=]\s*\\?["']?((?:root=)?[0-9a-f][0-9a-fx:-]*)(?![\w-])/gi;
/** Words like `traceId: a` are code. */
const shortestNamed = 12;

/** What texts are put between, and what ends a sentence. */
const around = /^[\s"'`<([{]+|[\s"'`>)\]},;.]+$/g;

/**
 * What people paste for a trace: its id in any way that `parseTraceId` knows, the address of a page that shows it, as
 * `http://localhost:16686/trace/4bf92f35…?uiFind=…`, or a text that names it, as a log line does with `trace_id=4bf92f35…`;
 * also in quotes or brackets. Undefined when it is none of these, or names several traces.
 */
export function pastedTraceId(text: string): string | undefined {
  const pasted = text.replaceAll(around, '');
  const plain = decoded(text);
  const ofAddress = (ofPage.exec(pasted) ?? ofExplore.exec(plain.trim()))?.[1];
  return parseTraceId(ofAddress ?? pasted) ?? onlyNamed(plain);
}

/** As it is where its percent signs are no address's. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function onlyNamed(text: string): string | undefined {
  const values = Array.from(text.matchAll(named), ([, value = '']) => value);
  const ids = new Set(
    values.filter(({ length }) => length >= shortestNamed).map((value) => parseTraceId(value)),
  );
  const [id] = ids;
  return ids.size === 1 ? id : undefined;
}
