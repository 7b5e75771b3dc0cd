import type { Attributes, RawSpan } from '../../core/trace/rawSpan.ts';
import { valueText } from '../json/valueText.ts';
import { isRecord, textOf } from '../otlp/wire.ts';
import { endpointAttributes } from './endpoints.ts';
import type { ZipkinSpan } from './zipkinSpan.ts';

/**
 * What the tags of a span say. Their values are text; OpenTelemetry's exporters put status and scope there
 * (https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/zipkin/), and whoever has an `error` tag failed.
 */
export function readTags(
  span: ZipkinSpan,
): Pick<RawSpan, 'status' | 'statusMessage' | 'scope' | 'attributes'> {
  const tags = isRecord(span['tags']) ? span['tags'] : {};
  const error = tags['error'];
  const code = textOf(tags['otel.status_code']).toUpperCase();
  const isError = code === 'ERROR' || (error !== undefined && code !== 'OK' && error !== 'false');
  const told = error === 'true' || error === true ? '' : textOf(error);
  return {
    status: isError ? 'error' : code === 'OK' ? 'ok' : 'unset',
    statusMessage: isError ? textOf(tags['otel.status_description']) || told : '',
    scope: textOf(tags['otel.scope.name']) || textOf(tags['otel.library.name']),
    attributes: [...attributesOf(tags), ...endpointAttributes(span, tags)],
  };
}

const ownFields: ReadonlySet<string> = new Set([
  'otel.status_code',
  'otel.status_description',
  'otel.scope.name',
  'otel.library.name',
]);

const attributesOf = (tags: Readonly<Record<string, unknown>>): Attributes =>
  Object.entries(tags)
    .filter(([key]) => !ownFields.has(key))
    .map(([key, value]) => ({ key, value: valueText(value) }));
