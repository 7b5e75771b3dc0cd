import type { TimeWindow } from '../../core/base/timeWindow.ts';
import type { Answer } from '../http/answer.ts';
import type { HttpServer } from '../http/httpServer.ts';
import { inShape, readJson } from '../http/jsonAnswer.ts';
import { expectArray, expectList, expectObject, expectText, ShapeError } from '../json/shape.ts';
import { getOrMiss, isMissingPath } from './missingPath.ts';

/** What Jaeger's metrics say of the spans of some services and one kind, in one window. */
export interface MetricsQuestion {
  readonly services: readonly string[];
  readonly spanKind: 'server' | 'consumer' | 'internal';
  readonly window: TimeWindow;
}

/** One operation's value; undefined: there is none (NaN). */
export interface MetricValue {
  readonly service: string;
  readonly operation: string;
  readonly value: number | undefined;
}

/** Undefined where the server has no metrics store. */
type MetricsAnswer = readonly MetricValue[] | undefined;

export interface MetricsApi {
  /** Requests in a second. */
  calls(question: MetricsQuestion, signal: AbortSignal): Promise<MetricsAnswer>;
  /** The share of requests that failed, of operations where any did. */
  errors(question: MetricsQuestion, signal: AbortSignal): Promise<MetricsAnswer>;
  /** ms. @param quantile two decimals of it count; 1: the highest bucket that isn't empty, or its largest bound */
  latencies(
    question: MetricsQuestion,
    quantile: number,
    signal: AbortSignal,
  ): Promise<MetricsAnswer>;
}

/**
 * `/api/metrics` (v1.67, cmd/query/app/http_handler.go; internal/storage/metricstore/prometheus): each answer is one
 * Prometheus query, `rate` over the whole window at its end.
 */
export function openMetricsApi(server: HttpServer): MetricsApi {
  const get = getOrMiss(server);
  const ask = async (
    path: string,
    { services, spanKind, window }: MetricsQuestion,
    parameters: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<MetricsAnswer> => {
    const asked = {
      service: services,
      spanKind,
      groupByOperation: 'true',
      endTs: String(Math.ceil(window.end / 1_000)),
      ratePer: String(Math.round((window.end - window.start) / 1_000)),
      // One point: the first of a range that ends before the second.
      lookback: '1',
      step: '60000',
      ...parameters,
    };
    try {
      const answer = await get(`/api/metrics/${path}`, asked, signal);
      return answer.status === 501 ? undefined : readMetrics(answer);
    } catch (error) {
      if (isMissingPath(error)) return undefined;
      throw error;
    }
  };
  return {
    calls: (question, signal) => ask('calls', question, {}, signal),
    errors: (question, signal) => ask('errors', question, {}, signal),
    latencies: (question, quantile, signal) =>
      ask('latencies', question, { quantile: String(quantile) }, signal),
  };
}

/**
 * True for a window that Jaeger asks Prometheus for as it is: of a Go duration it takes the number before the first unit
 * (metricstore/reader.go, promqlDurationString), so that 90 minutes would be one hour.
 */
export function isWholeUnit({ start, end }: TimeWindow): boolean {
  const seconds = (end - start) / 1_000_000;
  if (!Number.isInteger(seconds) || seconds <= 0) return false;
  return seconds < 60 || (seconds < 3_600 ? seconds % 60 === 0 : seconds % 3_600 === 0);
}

/** Jaeger joins the names to a regular expression in a text of PromQL without escaping them. */
export const isPlainName = (service: string): boolean => !/[\\^$|?*+()[\]{}"\n]/.test(service);

/** OpenMetrics' MetricFamily as protobuf's JSON writes it: without an envelope, NaN as text. */
function readMetrics(answer: Answer): readonly MetricValue[] {
  const json = readJson(answer);
  return inShape(answer.asked, () =>
    expectArray(expectObject(json, 'answer')['metrics'], 'metrics').flatMap((entry, index) =>
      readMetric(entry, `metrics[${String(index)}]`),
    ),
  );
}

function readMetric(entry: unknown, at: string): readonly MetricValue[] {
  const metric = expectObject(entry, at);
  const labels = new Map(
    expectArray(metric['labels'], `${at}.labels`).map((label, index) => {
      const place = `${at}.labels[${String(index)}]`;
      const { name, value = '' } = expectObject(label, place);
      return [expectText(name, `${place}.name`), expectText(value, `${place}.value`)] as const;
    }),
  );
  const [service, operation] = [labels.get('service_name'), labels.get('operation')];
  const [point] = expectList(metric['metricPoints'], `${at}.metricPoints`);
  if (service === undefined || operation === undefined || point === undefined) return [];
  const place = `${at}.metricPoints[0].gaugeValue`;
  const gauge = expectObject(expectObject(point, `${at}.metricPoints[0]`)['gaugeValue'], place);
  const value = gauge['doubleValue'] ?? 0;
  if (typeof value !== 'number' && value !== 'NaN' && value !== 'Infinity')
    throw new ShapeError(`${place}.doubleValue`, 'a number');
  return [{ service, operation, value: typeof value === 'number' ? value : undefined }];
}
