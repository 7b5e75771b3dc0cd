import { message } from '../../core/base/message.ts';
import { isSourceError } from '../../core/base/sourceError.ts';
import { inParallel } from '../search/inParallel.ts';

/** Questions under way at once: enough to hide the network, few enough to be a polite client. */
const questionsAtOnce = 4;

export interface EachAsked {
  /** Why it isn't all. */
  readonly reasons: ReadonlySet<string>;
  /** The first `SourceError` when none succeeded. */
  readonly failure: Error | undefined;
  /** Answers were late, or refused because of too many questions. */
  readonly overloaded: boolean;
}

/**
 * Asks about each item, a few at a time. One that fails leaves the others as they are. From when `isLate`
 * holds, or once an answer says that too much is asked, none is asked any more.
 */
export async function askEach<Item>(
  items: readonly Item[],
  isLate: () => boolean,
  signal: AbortSignal,
  ask: (item: Item, signal: AbortSignal) => Promise<void>,
): Promise<EachAsked> {
  const failures: Error[] = [];
  let answered = 0;
  let isBusy = false;
  let overloaded = false;
  const reasons = new Set<string>();
  await inParallel(items, questionsAtOnce, signal, async (item, each) => {
    if (isBusy) return;
    if (isLate()) {
      overloaded = true;
      reasons.add(message('Incomplete because Jaeger responds slowly.'));
      return;
    }
    try {
      await ask(item, each);
      answered += 1;
    } catch (error) {
      if (!isSourceError(error)) throw error;
      failures.push(error);
      reasons.add(error.message);
      isBusy ||= error.code === 'busy';
      overloaded ||= isBusy || error.code === 'timedOut';
    }
  });
  return { reasons, failure: answered === 0 ? failures[0] : undefined, overloaded };
}
