import { message } from '../../core/base/message.ts';
import type { EpochMicroseconds } from '../../core/base/units.ts';
import { nearPart, partsOf, type Page, type Slice } from './slices.ts';
import type { TracesQuestion } from './tracesQuestion.ts';

/** Questions that a search may still ask, of all services together. */
export interface QuestionBudget {
  left: number;
}

export interface SliceReading {
  readonly ask: (slice: Slice) => Promise<Page>;
  /** True once nothing that begins at `end` or before could still be wanted. */
  readonly isEnough: (end: EpochMicroseconds) => boolean;
  readonly isLate: () => boolean;
  readonly budget: QuestionBudget;
}

/** Traces asked for in a part of a slice, for each one that is wanted. */
const partLimit = 4;
const leastPartLimit = 20;

/**
 * Asks a question slice by slice, the newest first, until there is enough or nothing is left. Each question after
 * the first is one of the budget.
 * @returns why it ended before, as a sentence; empty when it did not
 */
export async function readSlices(
  question: TracesQuestion,
  { ask, isEnough, isLate, budget }: SliceReading,
): Promise<string> {
  const unread: Slice[] = [question];
  let limit = Math.max(leastPartLimit, question.limit * partLimit);
  let density = 0;
  let isStuck = false;
  for (let questions = 0; ; questions += 1) {
    const next = takeWanted(unread, isEnough);
    if (next === undefined) return isStuck ? tooMany(question.service) : '';
    if (questions > 0) {
      if (isLate()) return slow();
      if (budget.left <= 0) return tooMany(question.service);
      budget.left -= 1;
    }
    unread.push(...(density > 0 ? nearPart(next, density) : [next]));
    const slice = unread.pop() ?? next;
    const page = await ask(slice);
    if (page.more) {
      if (page.limit < slice.limit) limit = page.limit;
      const parts = partsOf(slice, page, limit);
      isStuck ||= parts.length === 0;
      unread.push(...parts);
    } else density = page.seen.length / Math.max(1, slice.window.end - slice.window.start);
  }
}

/** The last slice that may still hold what is wanted: of slices by durations one further down may be newer. */
function takeWanted(unread: Slice[], isEnough: SliceReading['isEnough']): Slice | undefined {
  let next = unread.pop();
  while (next !== undefined && isEnough(next.window.end)) next = unread.pop();
  return next;
}

const slow = (): string => message('Incomplete because Jaeger responds slowly.');

const tooMany = (service: string): string =>
  message(
    'Incomplete because too many traces of {0} would have to be read. Shorten the time range.',
    service,
  );
