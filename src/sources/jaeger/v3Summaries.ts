import { elapsed, epochMicroseconds } from '../../core/base/units.ts';
import type { TraceSummary } from '../../core/ports.ts';
import type { Answer } from '../http/answer.ts';
import { inShape } from '../http/jsonAnswer.ts';
import { expectList, expectObject, expectText, ShapeError } from '../json/shape.ts';
import { hexId } from './fields.ts';
import { readV3Object } from './v3Answer.ts';

/**
 * An answer of `/api/v3/trace-summaries` (2.19 and later, jaeger-idl, FindTraceSummariesResponse): counts that are
 * 0 and names that are empty are left out.
 * @throws SourceError `malformed` with the first place that doesn't fit
 */
export function readSummaries(answer: Answer): readonly TraceSummary[] {
  const { summaries } = readV3Object(answer);
  return inShape(answer.asked, () =>
    expectList(summaries, 'summaries').map((entry, index) =>
      readSummary(entry, `summaries[${String(index)}]`),
    ),
  );
}

function readSummary(value: unknown, at: string): TraceSummary {
  const summary = expectObject(value, at);
  const text = (name: string) => expectText(summary[name] ?? '', `${at}.${name}`);
  const start = timeOf(summary['minStartTimeUnixNano'], `${at}.minStartTimeUnixNano`);
  const end = timeOf(summary['maxEndTimeUnixNano'], `${at}.maxEndTimeUnixNano`);
  return {
    traceId: hexId(summary['traceId'], 32, `${at}.traceId`),
    rootService: text('rootServiceName'),
    rootOperation: text('rootOperationName'),
    start,
    duration: elapsed(start, end),
    spanCount: countOf(summary['spanCount'], `${at}.spanCount`),
    errorCount: countOf(summary['errorSpanCount'], `${at}.errorSpanCount`),
    services: expectList(summary['services'], `${at}.services`)
      .map((entry, index) => {
        const place = `${at}.services[${String(index)}]`;
        return expectText(expectObject(entry, place)['name'] ?? '', `${place}.name`);
      })
      .sort(),
    matched: undefined,
  };
}

function timeOf(value: unknown, at: string) {
  const nanos = value ?? '0';
  if (typeof nanos !== 'string' || !/^\d{1,20}$/.test(nanos))
    throw new ShapeError(at, 'nanoseconds as text');
  const padded = nanos.padStart(4, '0');
  return epochMicroseconds(Number(padded.slice(0, -3)) + Number(padded.slice(-3)) / 1_000);
}

function countOf(value: unknown, at: string): number {
  const count = value ?? 0;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0)
    throw new ShapeError(at, 'a count');
  return count;
}
