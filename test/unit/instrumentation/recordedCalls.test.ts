import { callLines, callRecordings, recordedCalls } from '../../support/callingApps.ts';
import { assertGolden } from '../../support/goldenText.ts';

describe('recorded calls', () => {
  for (const name of callRecordings)
    it(`of ${name} have the lines that made them`, async () => {
      const golden = new URL(`../../fixtures/spans/calls/${name}.lines.txt`, import.meta.url);
      assertGolden(golden, callLines(await recordedCalls(name)));
    });
});
