import { message } from '../../core/base/message.ts';
import { Tolerant } from '../search/tolerant.ts';

/** Asks Jaeger about each item, and says what became of it: see `Tolerant`. */
export async function askEach<Item>(
  items: readonly Item[],
  isLate: () => boolean,
  signal: AbortSignal,
  ask: (item: Item, signal: AbortSignal) => Promise<void>,
): Promise<Pick<Tolerant, 'reasons' | 'failure' | 'overloaded'>> {
  const lateReason = message('Incomplete because Jaeger responds slowly.');
  const tolerant = new Tolerant({ isLate, lateReason, signal });
  await tolerant.each(items, ask);
  return tolerant;
}
