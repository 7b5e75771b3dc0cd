import { parseTraceId } from './traceId.ts';

/** Of Jaeger UI, Tempo's and Zipkin's pages and APIs, and of Spanhop's own links. */
const ofPage = /^[a-z][a-z+.-]*:\/\/[^?#\s]*\/traces?\/([0-9a-f]{1,32})\/?(?:[?#]|$)/i;
/** Grafana's Explore, which has its queries as JSON in its address. */
const explore = /^\s*https?:\/\/[^?#\s]*\/explore\?/i;
const query = /"query":"\s*([0-9a-f]{1,32})\s*"/gi;
/** What logs, JSON, addresses and headers call it. */
const named =
  /(?<![\w-]|\bdd\.)(?:trace[_.-]?id|traceparent|uber-trace-id|x-b3-traceid|b3|x-amzn-trace-id)\\?["']?\s*[:=]\s*\\?["']?((?:root=)?[0-9a-f][0-9a-fx:-]*)(?![\w-])/gi;
/** Words like `traceId: a` are code, and `'face'` is a word. */
const shortest = 12;
/** A longer text is nothing that was copied for its trace. */
const longest = 8_000;
/** Datadog's numbers of 64 bits, which aren't hexadecimal. */
const decimal = /^\d{17,20}$/;

/** What texts are put between, and what ends a sentence. */
const around = /^[\s"'`<([{]+|(?<![\s"'`>)\]},;.])[\s"'`>)\]},;.]+$/g;

/**
 * What people paste for a trace: its id in any way that `parseTraceId` knows, the address of a page that shows it, as
 * `http://localhost:16686/trace/4bf92f35…?uiFind=…`, or a text that names it, as a log line does with `trace_id=4bf92f35…`;
 * also in quotes or brackets. Undefined when it is none of these, or names several traces.
 */
export function pastedTraceId(text: string): string | undefined {
  if (text.length > longest) return undefined;
  const own = parseTraceId(text);
  if (own !== undefined) return own;
  const pasted = text.replaceAll(around, '');
  const ofAddress = ofPage.exec(pasted)?.[1];
  if (ofAddress !== undefined) return parseTraceId(ofAddress);
  return (pasted.length < shortest ? undefined : parseTraceId(pasted)) ?? onlyNamed(decoded(text));
}

/** As it is where its percent signs are no address's. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The one trace that a text names, be it in 64 bits as well. */
function onlyNamed(text: string): string | undefined {
  const found = [...text.matchAll(named), ...(explore.test(text) ? text.matchAll(query) : [])];
  const ids = found
    .map(([, value = '']) => value)
    .filter((value) => value.length >= shortest && !decimal.test(value))
    .flatMap((value) => parseTraceId(value) ?? []);
  const whole = ids.find((id) => !id.startsWith(noUpperHalf)) ?? ids[0];
  return ids.every((id) => id === whole || id === `${noUpperHalf}${whole?.slice(16)}`)
    ? whole
    : undefined;
}

const noUpperHalf = '0'.repeat(16);
