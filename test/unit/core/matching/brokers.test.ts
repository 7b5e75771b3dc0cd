import { isMatch, type SpanMatch } from '../../../../src/core/matching/match.ts';
import { brokerRecordings, brokerTraces, indexBrokerApps } from '../../../support/brokerApps.ts';
import { assertGolden } from '../../../support/goldenText.ts';
import { mapSpans } from '../../../support/mapTrace.ts';

const index = indexBrokerApps();

/** How sure and where, else why not. */
const shown = (match: SpanMatch): string =>
  isMatch(match)
    ? `${match.confidence} ${match.symbol} ${match.location.path.replace('/ws/', '')}:${match.location.line}` +
      match.alternatives.map(({ symbol }) => ` or ${symbol}`).join('')
    : `${match.cause}: ${match.reason}`;

/** Each kind of span of each service once, without the framework's own. */
function mappingOf(recording: (typeof brokerRecordings)[number]): string {
  const lines = new Set<string>();
  for (const spans of brokerTraces(recording)) {
    const { trace, matches } = mapSpans(spans, index);
    for (const [row, match] of matches.entries()) {
      const { name, kind, resource } = trace.spans[row]!;
      if (match.confidence === 'unmapped' && match.cause === 'framework') continue;
      lines.add(`[${resource.service}] ${kind} ${name}\n    ${shown(match)}`);
    }
  }
  return [...lines].sort().join('\n');
}

describe('matchTrace of services behind real brokers', () => {
  for (const recording of brokerRecordings) {
    const golden = new URL(`golden/brokers/${recording}.txt`, import.meta.url);
    it(`tells the code of the spans of ${recording} (golden/brokers/${recording}.txt)`, () => {
      assertGolden(golden, mappingOf(recording));
    });
  }
});
