import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ReportTally } from '../../../../../src/core/correlate/report/reportTally.ts';
import { foldersOf, mapSpans } from '../../../../support/mapTrace.ts';
import { usersApp } from '../../../../support/recordedApps.ts';
import { readRecording, recordings } from '../../../../support/recordedSpans.ts';

const recorded = recordings.flatMap((recording) =>
  ['users-api', 'nest-api', '__proto__'].flatMap((service) => readRecording(recording, service)),
);

describe('the mapping report of any part of recorded traces', () => {
  it('has each span in exactly one cell, and each cell a span of its own service', () => {
    fc.assert(
      fc.property(fc.subarray(recorded, { maxLength: 60 }), (spans) => {
        const tally = new ReportTally(undefined);
        for (const trace of Map.groupBy(spans, ({ traceId }) => traceId).values()) {
          const mapped = mapSpans(trace, usersApp);
          tally.add(mapped.trace, mapped.matches, usersApp);
        }
        const report = tally.report(usersApp, foldersOf(spans, usersApp));
        let cells = 0;
        for (const { service, sorts } of report.services) {
          for (const { confidences, causes } of sorts) {
            for (const { count, example } of [...confidences, ...causes]) {
              cells += count;
              const shown = spans.find(
                ({ traceId, spanId, resource }) =>
                  traceId === example.traceId &&
                  spanId === example.spanId &&
                  resource.service === service,
              );
              assert.ok(shown, `${example.label} is a span of ${service}`);
            }
            for (const { count, reasons } of causes)
              assert.ok(reasons.reduce((sum, one) => sum + one.count, 0) <= count);
          }
        }
        assert.deepEqual([cells, report.spans], [spans.length, spans.length]);
      }),
    );
  });
});
