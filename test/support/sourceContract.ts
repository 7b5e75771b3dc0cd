import type { TraceSource } from '../../src/core/ports.ts';
import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import { describeFiguresContract } from './sourceContract/figures.ts';
import { describeConditionsContract } from './sourceContract/conditions.ts';
import { describeSearchContract } from './sourceContract/search.ts';
import { describeTraceContract } from './sourceContract/trace.ts';
import { describeUnitsContract } from './sourceContract/units.ts';

/** One source under test, and the way spans get into what it reads. */
export interface SourceUnderTest {
  readonly source: TraceSource;
  /** Adds spans. They may become visible later: the contract waits for them. */
  send(spans: readonly RawSpan[]): Promise<void>;
  /** Ends what was started; the source has been disposed. */
  close(): Promise<void>;
}

/**
 * What every `TraceSource` has to do, as mocha tests. `open` is called once; each test sends spans of
 * services and traces of its own, so a source that already holds others is fine. To run it on a source:
 *
 *     describeTraceSource('the local store', async () => {
 *       const store = await startStoreSomewhere();
 *       return {
 *         source: openLocalSource({ databasePath: store.path, log: silentLog }),
 *         send: (spans) => sendOtlp(store.receiver, spans),
 *         close: () => store.stop(),
 *       };
 *     });
 */
export function describeTraceSource(name: string, open: () => Promise<SourceUnderTest>): void {
  describe(`${name} is a source of traces`, function () {
    this.timeout(30_000);
    let opened: SourceUnderTest | undefined;
    const underTest = (): SourceUnderTest => {
      if (opened === undefined) throw new Error(`${name} was not opened`);
      return opened;
    };
    before(async () => {
      opened = await open();
    });
    after(async () => {
      opened?.source.dispose();
      await opened?.close();
    });
    describeSearchContract(underTest);
    describeConditionsContract(underTest);
    describeTraceContract(underTest);
    describeFiguresContract(underTest);
    describeUnitsContract(underTest);
  });
}
