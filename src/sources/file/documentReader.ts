import { message } from '../../core/base/message.ts';
import type { RawSpan, Resource } from '../../core/trace/rawSpan.ts';
import { DroppedSpanList, noneDropped } from '../droppedSpanList.ts';
import { spanOfModel } from '../jaeger/modelSpan.ts';
import { readSpan } from '../jaeger/readSpan.ts';
import { readOrDrop, readTrace } from '../jaeger/readTraces.ts';
import { resourceLists, scopeLists } from '../otlp/envelope.ts';
import { readOtlpJson } from '../otlp/json.ts';
import { isRecord } from '../otlp/wire.ts';
import { addPartials, isPartial } from '../zipkin/partialSpans.ts';
import { ZipkinReader } from '../zipkin/zipkinReader.ts';
import { isZipkinSpan } from '../zipkin/zipkinSpan.ts';
import { pathOf, type FileContents } from './fileContents.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What answers and exports put around traces: Jaeger's API and API v3, Tempo's, Elasticsearch's. */
const envelopes = ['data', 'result', 'trace', 'traces', 'hits', '_source'] as const;
const deepestEnvelope = 8;

const otherSignals = [
  'resourceMetrics',
  'resource_metrics',
  'resourceLogs',
  'resource_logs',
  'resourceProfiles',
  'resource_profiles',
] as const;

/** What Tempo's search tells of a trace, whose spans it leaves out or tells in part. */
const ofSummary = ['rootTraceName', 'rootServiceName', 'spanSets', 'spanSet'] as const;

/** What OTLP's spans have around them, and bare ones beside them or in themselves. */
const surroundings = [
  'resource',
  'scope',
  'instrumentationLibrary',
  'instrumentation_library',
] as const;
const startTimes = ['startTimeUnixNano', 'start_time_unix_nano'] as const;
const noProcesses: ReadonlyMap<string, Resource> = new Map();

/** Reads the JSON values of a file, each by its own shape, into one `FileContents`. */
export class DocumentReader {
  readonly #contents: FileContents;
  readonly #zipkin = new ZipkinReader();
  readonly #partial: { readonly span: Fields; readonly path: string; readonly part: string }[] = [];

  constructor(contents: FileContents) {
    this.#contents = contents;
  }

  /** Reads a value; nothing is in null and in an empty object or list. */
  read(value: unknown, path = '', depth = 0): void {
    if (Array.isArray(value) && depth < deepestEnvelope) this.#readList(value, path, depth);
    else if (isRecord(value)) this.#readObject(value, path, depth);
    else if (value !== null) this.#contents.loseUnknown(path);
  }

  /** To be called after all values: what was told in parts is put together. */
  end(): void {
    for (const { span, path, part } of addPartials(this.#contents.spans, this.#partial)) {
      this.#contents.part = part;
      this.#loseOrAdd(path, this.#zipkin.read(span));
    }
  }

  #readList(list: readonly unknown[], path: string, depth: number): void {
    for (const [index, entry] of list.entries())
      this.read(entry, `${path}[${String(index)}]`, depth + 1);
  }

  #readObject(value: Fields, path: string, depth: number): void {
    const { spans } = value;
    if (hasAny(value, resourceLists)) this.#readOtlp(value, path);
    else if (hasAny(value, scopeLists))
      this.#readOtlp({ resourceSpans: [value] }, path, 'resourceSpans[0]');
    else if (Array.isArray(spans)) this.#readSpans(value, spans, path, depth);
    else if (hasAny(value, envelopes)) this.#readEnvelope(value, path, depth);
    else if (!this.#readSpan(value, path)) this.#readOther(value, path);
  }

  /** What is in it, null where there is nothing. */
  #readEnvelope(value: Fields, path: string, depth: number): void {
    for (const name of envelopes) {
      const inner = value[name];
      if (inner === undefined) continue;
      if (inner === null || (Array.isArray(inner) && inner.length === 0))
        this.#contents.holdsTraces = true;
      else if (depth < deepestEnvelope) this.read(inner, pathOf(path, name), depth + 1);
      else this.#contents.loseUnknown(path);
    }
  }

  /** The spans of one trace of Jaeger's, or any spans. */
  #readSpans(value: Fields, spans: readonly unknown[], path: string, depth: number): void {
    if ('processes' in value || spans.some((span) => isRecord(span) && 'processID' in span))
      this.#readJaeger(path, (dropped) => readTrace(value, '', dropped) ?? []);
    else if (hasAny(value, surroundings) && spans.some((span) => isRecord(span) && isOtlp(span)))
      this.#readBare(value, spans, path, bareScope);
    else {
      this.#contents.holdsTraces = true;
      this.#readList(spans, pathOf(path, 'spans'), depth);
    }
  }

  /** False when it is no span of any kind. */
  #readSpan(value: Fields, path: string): boolean {
    if ('spanID' in value) this.#readJaegerSpan(value, path);
    else if (isZipkinSpan(value)) this.#readZipkinSpan(value, path);
    else if (isOtlp(value)) this.#readBare(value, [value], path, `${bareScope}.spans[0]`);
    else if (hasAny(value, ['operationName', 'operation_name'])) this.#readModelSpan(value, path);
    else return false;
    return true;
  }

  /** OTLP's spans with resource and scope beside them. */
  #readBare(holder: Fields, spans: readonly unknown[], path: string, added: string): void {
    const { resource } = holder;
    const scopeSpans = [{ ...holder, spans }];
    this.#readOtlp({ resourceSpans: [{ resource, scopeSpans }] }, path, added);
  }

  /**
   * A part that isn't as it should be is lost, and the rest read.
   * @param added what places begin with that isn't in the file
   */
  #readOtlp(value: Fields, path: string, added = ''): void {
    const inFile = (position: string) =>
      position.slice(position.startsWith(added) ? added.length : 0);
    const { dropped, ...read } = readOtlpJson(value, (position) =>
      this.#contents.lose(pathOf(path, inFile(position)), message('not valid OTLP')),
    );
    this.#contents.add(path, {
      ...read,
      dropped: dropped.map(({ position, reason }) => ({ position: inFile(position), reason })),
    });
  }

  #readJaeger(path: string, read: (dropped: DroppedSpanList) => readonly RawSpan[]): void {
    const dropped = new DroppedSpanList();
    const spans = read(dropped);
    this.#contents.add(path, { spans, ...dropped.all() });
  }

  #readJaegerSpan(value: Fields, path: string): void {
    this.#readJaeger(path, (dropped) => {
      const span = readOrDrop(dropped, () => readSpan(value, noProcesses, ''));
      return span ? [span] : [];
    });
  }

  #readModelSpan(value: Fields, path: string): void {
    if ('traceIdLow' in value) {
      this.#contents.holdsTraces = true;
      this.#contents.lose(path, message('the IDs are numbers, which JSON rounds'));
    } else this.#readJaegerSpan(spanOfModel(value), path);
  }

  #readZipkinSpan(span: Fields, path: string): void {
    this.#contents.holdsTraces = true;
    if (isPartial(span)) this.#partial.push({ span, path, part: this.#contents.part });
    else this.#loseOrAdd(path, this.#zipkin.read(span));
  }

  #loseOrAdd(path: string, read: readonly RawSpan[] | string): void {
    if (typeof read === 'string') this.#contents.lose(path, read);
    else this.#contents.add(path, { spans: read, ...noneDropped });
  }

  #readOther(value: Fields, path: string): void {
    if (hasAny(value, otherSignals)) this.#contents.holdsOtherSignals = true;
    else if (hasAny(value, ofSummary)) this.#contents.loseSummary(path);
    else if (Object.keys(value).length > 0) this.#contents.loseUnknown(path);
  }
}

const bareScope = 'resourceSpans[0].scopeSpans[0]';

const isOtlp = (span: Fields): boolean =>
  hasAny(span, ['spanId', 'span_id']) && hasAny(span, startTimes);

const hasAny = (value: Fields, names: readonly string[]): boolean =>
  names.some((name) => value[name] !== undefined);
