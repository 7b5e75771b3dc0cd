import type { SoughtAttribute } from '../../core/ports.ts';
import { indexedText } from '../search/hasAttribute.ts';
import type { TracesQuestion } from './tracesQuestion.ts';

/**
 * What of a question a Jaeger is asked for so that no trace is lost; the rest is looked for in its answers. Left
 * out are attributes that some store doesn't find by what they are. Of a store that doesn't combine (Cassandra) there
 * is one condition: it takes the ids of an index's newest rows for each, and those in all of them, so that of
 * many traces few or none are left, whichever spans they belong to. Operation and durations have an index together.
 */
export function askedConditions(whole: TracesQuestion, combines: boolean): TracesQuestion {
  const attributes = (whole.attributes ?? []).filter(isFoundAnywhere);
  const question = { ...whole, errorsOnly: asksErrors(whole) };
  if (combines) return { ...question, attributes };
  const [attribute] = attributes;
  if (attribute === undefined && !question.errorsOnly) return { ...question, attributes };
  return {
    ...question,
    attributes: attribute === undefined ? [] : [attribute],
    errorsOnly: attribute === undefined,
    operation: undefined,
    minDuration: undefined,
    maxDuration: undefined,
  };
}

/** True where the answer depends on whether the store combines conditions. */
export function isCombined(question: TracesQuestion): boolean {
  const { operation, minDuration, maxDuration, attributes = [] } = question;
  const tags = attributes.filter(isFoundAnywhere).length + (asksErrors(question) ? 1 : 0);
  const others = [operation, minDuration, maxDuration].filter((one) => one !== undefined).length;
  return tags > 1 || (tags > 0 && others > 0);
}

/** The attribute that OpenTelemetry makes of a failed span for Jaeger asks for errors, too. */
const asksErrors = ({ errorsOnly, attributes = [] }: TracesQuestion): boolean =>
  errorsOnly || attributes.some(({ key, value }) => key === 'error' && value === 'true');

/** Own fields of spans, which are tags in Jaeger's stores of version 1 and none in its others. */
const ownFields = new Set([
  'error',
  'span.kind',
  'otel.status_code',
  'otel.status_description',
  'otel.scope.name',
  'otel.scope.version',
  'otel.library.name',
  'otel.library.version',
  'event',
]);

/** Keys and values from here on aren't in Cassandra's index (v1.67, spanstore/writer.go, maximumTagKeyOrValueSize). */
const mostBytes = 256;

/** True for an attribute that every store finds by what it is. */
export function isFoundAnywhere({ key, value }: SoughtAttribute): boolean {
  if (key === 'service.name' || ownFields.has(key)) return false;
  if (Buffer.byteLength(key) >= mostBytes || Buffer.byteLength(value) >= mostBytes) return false;
  // Cassandra's index has no JSON objects.
  return !value.startsWith('{') && isWrittenOneWay(value);
}

/** Stores write floats with ten digits or with all. */
const isWrittenOneWay = (value: string): boolean =>
  indexedText(value) === value && !/^-?\d*[.e](?=.*\d{9}|.*e)/.test(value);
