import { epochMicroseconds, microseconds } from '../../core/base/units.ts';
import type { FoundTrace } from '../search/foundTrace.ts';
import { readSlices, type SliceReading } from './readSlices.ts';
import type { Page, Slice } from './slices.ts';
import type { TracesQuestion } from './tracesQuestion.ts';

/** Asks for a slice; what is found in it is what the search looks for. */
export interface TraceReading extends Pick<SliceReading, 'isLate' | 'budget'> {
  /** The question may ask for durations, too. */
  readonly takesDurations: boolean;
  readonly ask: (
    slice: Slice,
  ) => Promise<Page & { readonly found: readonly Pick<FoundTrace, 'summary' | 'slowness'>[] }>;
}

/** How often the slowest are looked for above those already found; see `readSlowest`. */
const narrowings = 5;
/** Traces asked for at once while looking for the slowest. */
const narrowingLimit = 100;

/**
 * Reads until the newest `question.limit` traces are among those found.
 * @returns why they may not be, as a sentence; empty when they are
 */
export function readNewest(question: TracesQuestion, reading: TraceReading): Promise<string> {
  const starts = new Map<string, number>();
  return readSlices(wholeMicroseconds(question), {
    ...reading,
    ask: async (slice) => {
      const page = await reading.ask(slice);
      for (const { summary } of page.found) starts.set(summary.traceId, summary.start);
      return page;
    },
    // A trace found in what is unread begins no later than its span there.
    isEnough: (end) =>
      [...starts.values()].filter((start) => start >= end).length >= question.limit,
  });
}

/**
 * Reads until the slowest `question.limit` traces are among those found. Jaeger can't sort by duration, but it can
 * leave out the fast: the slowest found so far are the floor of the next question, until fewer than asked for come
 * back and nothing slower is left. Where that doesn't get on, everything above the floor is read.
 * @returns why they may not be, as a sentence; empty when they are
 */
export async function readSlowest(
  question: TracesQuestion,
  reading: TraceReading,
): Promise<string> {
  const wanted = question.limit;
  const limit = Math.max(narrowingLimit, wanted * 2);
  const slownesses = new Map<string, number>();
  const whole = wholeMicroseconds(question);
  let floor = whole.minDuration;
  for (let round = 0; reading.takesDurations && round < narrowings; round += 1) {
    const page = await reading.ask({ ...whole, minDuration: floor, limit });
    for (const { summary, slowness } of page.found) slownesses.set(summary.traceId, slowness);
    if (!page.more) return '';
    const next = [...slownesses.values()].sort((a, b) => b - a)[wanted - 1];
    if (next === undefined || next <= (floor ?? 0)) break;
    floor = microseconds(next);
  }
  return readSlices({ ...whole, minDuration: floor }, { ...reading, isEnough: () => false });
}

const wholeMicroseconds = (question: TracesQuestion): TracesQuestion => ({
  ...question,
  window: {
    start: epochMicroseconds(Math.floor(question.window.start)),
    end: epochMicroseconds(Math.ceil(question.window.end)),
  },
});
