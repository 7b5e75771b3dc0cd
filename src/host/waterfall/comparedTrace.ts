import { message } from '../../core/base/message.ts';
import { shortened, visibleText } from '../../core/base/visibleText.ts';
import type { CodeLocation } from '../../core/code/location.ts';
import { lineName } from '../../core/explain/loopText.ts';
import type { ComparedPart, TraceComparison } from '../../engine/methods.ts';
import type { Handlers } from '../../protocol/rpc.ts';
import type {
  CompareMethods,
  ComparisonPart,
  ShownComparison,
} from '../../protocol/traceComparison.ts';
import type { OpenAnswer } from '../editor/openCode.ts';
import { readComparisonPart, readComparedWith } from './requestShapes.ts';
import type { ShownTrace } from './shownTrace.ts';

export interface ComparedTraceOptions {
  readonly trace: Pick<ShownTrace, 'compare' | 'comparedRows' | 'keyOf'>;
  /** Asks the user for another trace: its id, or what names one of a file. */
  readonly choose: () => Promise<string | undefined>;
  readonly openTrace: (key: string) => Promise<void>;
  readonly openCode: (location: CodeLocation, signal: AbortSignal) => Promise<OpenAnswer>;
}

/** The trace that a page's trace is compared with, and what the page asks about both. */
export class ComparedTrace {
  readonly #options: ComparedTraceOptions;
  /** As `openTrace` of the engine takes it; undefined: none was chosen. */
  #other: string | undefined;
  /** What the page has: it speaks of parts of that. */
  #shown: TraceComparison | undefined;

  constructor(options: ComparedTraceOptions) {
    this.#options = options;
  }

  set other(key: string) {
    this.#other = key;
  }

  handlers(): Handlers<CompareMethods> {
    const { trace, choose, openTrace, openCode } = this.#options;
    return {
      chooseOther: async () => {
        const key = await choose();
        if (key !== undefined) this.#other = key;
        return { chosen: key !== undefined };
      },
      compare: async (params, signal) => {
        const { traceId } = readComparedWith(params);
        if (traceId !== undefined) this.#other ??= await trace.keyOf(traceId, signal);
        this.#shown =
          this.#other === undefined ? undefined : await trace.compare(this.#other, signal);
        return { comparison: this.#shown && shownComparison(this.#shown) };
      },
      comparedRows: async (params, signal) => {
        const part = this.#partOf(readComparisonPart(params));
        if (!part || this.#other === undefined) return { rows: [], label: '' };
        const rows = await trace.comparedRows(this.#other, part.of, signal);
        return { rows, label: message('Spans of {0}', part.name) };
      },
      openComparedCode: async (params, signal) => {
        const location = this.#partOf(readComparisonPart(params))?.location;
        return location
          ? openCode(location, signal)
          : { opened: false, reason: message('No code location.') };
      },
      openOther: async () => {
        if (this.#other !== undefined) await openTrace(this.#other);
        return {};
      },
    };
  }

  #partOf(part: ComparisonPart):
    | {
        readonly of: ComparedPart;
        readonly name: string;
        readonly location: CodeLocation | undefined;
      }
    | undefined {
    if ('line' in part) {
      const line = this.#shown?.lines[part.line];
      const location = line?.location;
      return location && { of: { line: location }, name: lineName(location), location };
    }
    const call = this.#shown?.calls.find(({ id }) => id === part.call);
    return call && { of: part, name: shown(call.name), location: call.location };
  }
}

const longestName = 300;
const shown = (text: string): string => visibleText(shortened(text, longestName));

/** Locations are files and lines without folders. */
const shownComparison = ({
  traces,
  calls,
  callCount,
  lines,
  lineCount,
}: TraceComparison): ShownComparison => ({
  traces,
  calls: calls.map(({ location, ...call }) => ({
    ...call,
    name: shown(call.name),
    place: location === undefined ? '' : lineName(location),
  })),
  callCount,
  lines: lines.map(({ location, symbol, ...line }) => ({
    ...line,
    symbol: shown(symbol),
    place: lineName(location),
  })),
  lineCount,
});
