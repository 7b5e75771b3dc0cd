import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import type { DroppedSpan } from '../../core/ports.ts';
import type { RawSpan } from '../../core/trace/rawSpan.ts';
import { readTraces } from '../jaeger/readTraces.ts';
import { ShapeError } from '../jaeger/shape.ts';
import { readOtlpJson } from '../otlp/json.ts';

interface ReadSpans {
  readonly spans: readonly RawSpan[];
  /** At most a hundred; `droppedCount` counts all. */
  readonly dropped: readonly DroppedSpan[];
  readonly droppedCount: number;
}

const keptDropped = 100;

/**
 * Reads the text of a file of traces, recognised by what is in it: Jaeger's JSON (`{"data": [...]}`, as
 * its UI downloads it and its API answers it), OTLP JSON (`{"resourceSpans": [...]}`), or OTLP JSON one
 * request a line, as the Collector's file exporter writes it. A line that can't be read, such as a last
 * one still being written, is dropped and counted.
 * @throws SourceError `malformed` when it isn't JSON, `unsupported` when it is other JSON
 */
export function readTraceText(text: string, path: string): ReadSpans {
  const whole = parsed(text);
  if (whole !== undefined) return readDocument(whole.value, path);
  const lines = text.split('\n');
  const first = parsed(lines[0] ?? '');
  if (first === undefined || lines.length < 2) throw notJson(path);
  readDocument(first.value, path); // Lines of something else are refused as a whole.
  return readLines(lines, path);
}

function readDocument(value: unknown, path: string): ReadSpans {
  if (typeof value !== 'object' || value === null) throw notTraces(path);
  if ('resourceSpans' in value) return readOtlpJson(value);
  if ('data' in value) return readJaeger(value.data, path);
  throw notTraces(path);
}

function readJaeger(data: unknown, path: string): ReadSpans {
  try {
    const { traces, ...dropped } = readTraces(data);
    return { spans: traces.flatMap(({ spans }) => spans), ...dropped };
  } catch (error) {
    throw error instanceof ShapeError ? notTraces(path) : error;
  }
}

function readLines(lines: readonly string[], path: string): ReadSpans {
  const spans: RawSpan[] = [];
  const dropped: DroppedSpan[] = [];
  let droppedCount = 0;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const at = message('line {0}', index + 1);
    const read = readLine(line, path);
    for (const span of read.spans) spans.push(span);
    for (const { position, reason } of read.dropped)
      if (dropped.length < keptDropped)
        dropped.push({ position: position === '' ? at : `${at}, ${position}`, reason });
    droppedCount += read.droppedCount;
  }
  return { spans, dropped, droppedCount };
}

function readLine(line: string, path: string): ReadSpans {
  const document = parsed(line);
  const lost = (reason: string) => ({
    spans: [],
    dropped: [{ position: '', reason }],
    droppedCount: 1,
  });
  if (document === undefined) return lost(message('not valid JSON'));
  try {
    return readDocument(document.value, path);
  } catch (error) {
    if (error instanceof SourceError) return lost(error.message);
    throw error;
  }
}

/** In an object, since `null` is JSON too. */
function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined; // The callers say what that means: lines, or no JSON at all.
  }
}

const notJson = (path: string) =>
  new SourceError(
    'malformed',
    message(
      '{0} is not JSON. Spanhop reads traces downloaded from Jaeger and OTLP JSON, such as the Collector writes.',
      path,
    ),
  );

const notTraces = (path: string) =>
  new SourceError(
    'unsupported',
    message(
      '{0} is JSON, but holds no traces. Spanhop reads traces downloaded from Jaeger ("data") and OTLP JSON ("resourceSpans").',
      path,
    ),
  );
