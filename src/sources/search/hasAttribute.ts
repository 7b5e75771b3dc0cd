import type { SoughtAttribute } from '../../core/ports.ts';
import type { Attributes, AttributeValue, RawSpan } from '../../core/trace/rawSpan.ts';

/**
 * Whether the span has the attribute where Jaeger's search by tag looks for one: on the span, its resource or its
 * events, under any of several equal keys, and as the tags that OpenTelemetry makes of a span's own fields for Jaeger
 * (`error`, `span.kind`, `otel.status_code`, `otel.status_description`, `otel.scope.name`, `event`). The name of the
 * service is no tag there, but a resource attribute all the same.
 * @see https://github.com/jaegertracing/jaeger/blob/v1.67.0/internal/storage/v1/memory/memory.go flattenTags
 * @see https://opentelemetry.io/docs/specs/otel/common/mapping-to-non-otlp/
 */
export function hasAttribute(span: RawSpan, sought: SoughtAttribute): boolean {
  return (
    isAmong(span.attributes, sought) ||
    isAmong(span.resource.attributes, sought) ||
    span.events.some(({ attributes }) => isAmong(attributes, sought)) ||
    isOwnField(span, sought)
  );
}

const isAmong = (attributes: Attributes, { key, value }: SoughtAttribute): boolean =>
  attributes.some((one) => one.key === key && textsOf(one.value).includes(value));

function isOwnField(span: RawSpan, { key, value }: SoughtAttribute): boolean {
  switch (key) {
    case 'service.name':
      return span.resource.service === value;
    case 'span.kind':
      return span.kind !== 'unspecified' && span.kind === value;
    case 'error':
      return span.status === 'error' && value === 'true';
    case 'otel.status_code':
      return span.status !== 'unset' && span.status.toUpperCase() === value;
    case 'otel.status_description':
      return span.statusMessage !== '' && span.statusMessage === value;
    case 'otel.scope.name':
    case 'otel.library.name':
      return span.scope !== '' && span.scope === value;
    case 'event':
      return span.events.some(({ name }) => name !== '' && name === value);
    default:
      return false;
  }
}

/** What a value is found by: as Spanhop shows it, and a float as Jaeger indexes it. */
function textsOf(value: AttributeValue): readonly string[] {
  if (typeof value === 'object') return [JSON.stringify(value)];
  return typeof value === 'number' ? [String(value), indexedFloat(value)] : [String(value)];
}

/** The decimal digits that Jaeger keeps of a float: Go's `strconv.FormatFloat(value, 'g', 10, 64)`. */
const indexedDigits = 10;

/** A float as Jaeger's tags have it as text: `0.3333333333`, `1e+10`, `1.5e-05`. */
export function indexedFloat(value: number): string {
  if (!Number.isFinite(value)) return value === Infinity ? '+Inf' : value < 0 ? '-Inf' : 'NaN';
  const [mantissa = '', exponent = ''] = value.toExponential(indexedDigits - 1).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < indexedDigits) return String(Number(value.toPrecision(indexedDigits)));
  const digits = String(Number(mantissa));
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** The text to ask Jaeger for: of a float as Spanhop shows it what is indexed of it, else the text itself. */
export function indexedText(text: string): string {
  const number = Number(text);
  const isFloat = String(number) === text && !Number.isInteger(number);
  return isFloat ? indexedFloat(number) : text;
}
