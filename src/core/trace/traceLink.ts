import { parseTraceId } from './traceId.ts';

/** A trace, and the span in it, that a link from elsewhere names. */
export interface TraceLink {
  readonly traceId: string;
  readonly spanId: string | undefined;
}

/** Of a link as VS Code gives it, decoded: `vscode://<extension><path>?<query>#<fragment>`. */
export interface LinkParts {
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

/**
 * `/trace/<trace id>`, with `?span=<span id>` where one is meant: ids in hex, and nothing else. Anyone can write such
 * a link, so that it can name a trace, and neither a server nor a file.
 * @returns undefined for any other link
 */
export function parseTraceLink({ path, query, fragment }: LinkParts): TraceLink | undefined {
  const written = /^\/trace\/([0-9a-fA-F]{1,32})$/.exec(path)?.[1];
  const traceId = written === undefined ? undefined : parseTraceId(written);
  if (traceId === undefined || fragment !== '') return undefined;
  if (query === '') return { traceId, spanId: undefined };
  const span = /^span=([0-9a-fA-F]{1,16})$/.exec(query)?.[1];
  if (span === undefined || /^0+$/.test(span)) return undefined;
  return { traceId, spanId: span.toLowerCase().padStart(16, '0') };
}
