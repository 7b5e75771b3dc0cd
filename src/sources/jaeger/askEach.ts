import { message } from '../../core/base/message.ts';
import { isSourceError } from '../../core/base/sourceError.ts';
import { inParallel } from '../search/inParallel.ts';

/** Questions under way at once: enough to hide the network, few enough to be a polite client. */
const questionsAtOnce = 4;

/**
 * Asks about each item, a few at a time. One that fails leaves the others as they are, and from when
 * `isLate` holds none is asked any more: both are reasons in the answer.
 * @returns why it isn't all; `failure` is the first one's `SourceError` when none succeeded
 */
export async function askEach<Item>(
  items: readonly Item[],
  isLate: () => boolean,
  signal: AbortSignal,
  ask: (item: Item, signal: AbortSignal) => Promise<void>,
): Promise<{ readonly reasons: ReadonlySet<string>; readonly failure: Error | undefined }> {
  const failures: Error[] = [];
  let answered = 0;
  const reasons = new Set<string>();
  await inParallel(items, questionsAtOnce, signal, async (item, each) => {
    if (isLate()) {
      reasons.add(message('Jaeger answers slowly: not everything was asked for.'));
      return;
    }
    try {
      await ask(item, each);
      answered += 1;
    } catch (error) {
      if (!isSourceError(error)) throw error;
      failures.push(error);
      reasons.add(error.message);
    }
  });
  return { reasons, failure: answered === 0 ? failures[0] : undefined };
}
