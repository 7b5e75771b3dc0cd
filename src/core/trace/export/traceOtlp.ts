import type { RawSpan } from '../rawSpan.ts';
import { otlpOf } from './spanOtlp.ts';

const spansInPiece = 500;

/**
 * Spans as a file of OTLP's JSON, in pieces: their text together can be longer than one string may be. A span's warnings,
 * which OTLP doesn't have, are left out.
 */
export function* otlpJson(spans: readonly RawSpan[]): Generator<string> {
  yield '{"resourceSpans":[';
  let between = '\n';
  for (const ofResource of Map.groupBy(spans, ({ resource }) => resource).values()) {
    for (let from = 0; from < ofResource.length; from += spansInPiece) {
      const { resourceSpans } = otlpOf(ofResource.slice(from, from + spansInPiece));
      for (const one of resourceSpans) {
        yield `${between}${JSON.stringify(one)}`;
        between = ',\n';
      }
    }
  }
  yield ']}\n';
}
