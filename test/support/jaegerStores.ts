import { epochMicroseconds } from '../../src/core/base/units.ts';
import type { SoughtAttribute } from '../../src/core/ports.ts';
import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import type { JaegerServer } from '../../src/sources/jaeger/api.ts';
import type { TracesQuestion } from '../../src/sources/jaeger/tracesQuestion.ts';
import { hasAttribute } from '../../src/sources/search/hasAttribute.ts';

/** A made-up store of a Jaeger, with what it was asked. */
export interface MadeUpStore {
  readonly api: JaegerServer;
  readonly asked: TracesQuestion[];
}

type Answering = (traces: readonly RawSpan[][], question: TracesQuestion) => readonly RawSpan[][];

function storeOf(
  traces: readonly RawSpan[][],
  combines: boolean,
  answering: Answering,
): MadeUpStore {
  const asked: TracesQuestion[] = [];
  const none = () => Promise.reject(new Error('not asked for here'));
  const api: JaegerServer = {
    shown: 'http://jaeger',
    metrics: { calls: none, errors: none, latencies: none },
    services: () =>
      Promise.resolve([...new Set(traces.flat().map(({ resource }) => resource.service))]),
    operations: none,
    trace: none,
    hasSummaries: () => Promise.resolve(false),
    summaries: none,
    combines: () => Promise.resolve(combines),
    traces: (question) => {
      asked.push(question);
      const found = answering(traces, question).map((spans) => ({
        traceId: spans[0]?.traceId ?? '',
        spans,
      }));
      return Promise.resolve({ traces: found, dropped: [], droppedCount: 0 });
    },
  };
  return { api, asked };
}

/** As Jaeger in memory: one span meets all of the question; of many traces those that came last. */
export const memoryStore = (traces: readonly RawSpan[][]): MadeUpStore =>
  storeOf(traces, true, (all, question) =>
    all
      .filter((spans) => spans.some((span) => isOf(span, question) && isTimed(span, question)))
      .slice(-question.limit),
  );

/** Rows of an index that are read for each trace asked for. */
const rowsPerTrace = 3;
const hour = 3_600_000_000;

/**
 * As Jaeger on Cassandra (v1.67, internal/storage/v1/cassandra/spanstore/reader.go): the newest `3 * limit` rows of an
 * index, any `limit` of the ids in them; of several tags and an operation the ids in all of those; of durations the
 * longest of each hour, whenever in it.
 * @param random from 0 to 1, what the order of Go's maps is
 */
export const cassandraStore = (traces: readonly RawSpan[][], random: () => number): MadeUpStore =>
  storeOf(traces, false, (all, question) => {
    const rows = question.limit * rowsPerTrace;
    const idsOf = (spans: readonly RawSpan[]) => new Set(spans.map(({ traceId }) => traceId));
    const indexed = (isRow: (span: RawSpan) => boolean) =>
      idsOf(
        all
          .flat()
          .filter((span) => isTimed(span, question) && isRow(span))
          .sort((a, b) => b.start - a.start)
          .slice(0, rows),
      );
    const tags = tagsOf(question);
    if (asksDuration(question)) {
      if (tags.length > 0) throw new Error('cannot query for duration and tags simultaneously');
      return anyOf(all, idsByDuration(all, question, rows), question.limit, random);
    }
    const { service, operation } = question;
    const sets = [
      ...(operation === undefined
        ? []
        : [indexed((span) => span.resource.service === service && span.name === operation)]),
      ...tags.map((tag) =>
        indexed((span) => span.resource.service === service && hasAttribute(span, tag)),
      ),
    ];
    const [first = indexed((span) => span.resource.service === service), ...others] = sets;
    const ids = new Set([...first].filter((id) => others.every((set) => set.has(id))));
    return anyOf(all, ids, question.limit, random);
  });

function idsByDuration(
  all: readonly RawSpan[][],
  question: TracesQuestion,
  rows: number,
): ReadonlySet<string> {
  const { window } = question;
  const ids = new Set<string>();
  const [first, last] = [window.start, window.end].map((time) => Math.round(time / hour));
  for (let bucket = last ?? 0; bucket >= (first ?? 0); bucket -= 1)
    for (const { traceId } of all
      .flat()
      .filter((span) => Math.round(span.start / hour) === bucket && isOf(span, question))
      .sort((a, b) => b.duration - a.duration)
      .slice(0, rows))
      ids.add(traceId);
  return ids;
}

function anyOf(
  all: readonly RawSpan[][],
  ids: ReadonlySet<string>,
  limit: number,
  random: () => number,
): readonly RawSpan[][] {
  const found = all
    .filter((spans) => ids.has(spans[0]?.traceId ?? ''))
    .map((spans) => ({ spans, at: random() }));
  return found
    .sort((a, b) => a.at - b.at)
    .slice(0, limit)
    .map(({ spans }) => spans);
}

const asksDuration = ({ minDuration, maxDuration }: TracesQuestion): boolean =>
  minDuration !== undefined || maxDuration !== undefined;

const tagsOf = ({ attributes = [], errorsOnly }: TracesQuestion): readonly SoughtAttribute[] => [
  ...attributes,
  ...(errorsOnly ? [{ key: 'error', value: 'true' }] : []),
];

const isOf = (span: RawSpan, question: TracesQuestion): boolean =>
  span.resource.service === question.service &&
  (question.operation === undefined || span.name === question.operation) &&
  span.duration >= (question.minDuration ?? 0) &&
  span.duration <= (question.maxDuration ?? Infinity) &&
  tagsOf(question).every((tag) => hasAttribute(span, tag));

const isTimed = ({ start }: RawSpan, { window }: TracesQuestion): boolean =>
  start >= epochMicroseconds(window.start) && start <= window.end;
