import { habitsOf, isSameHabit, type RowHabits } from '../../src/core/waterfall/rowHabits.ts';
import type { Host } from './host.ts';
import type { WaterfallModel } from './model.ts';

/** Tells the host how rows are looked at, once that is changed, for the next trace of this kind. */
export function keepHabits(host: Host, model: WaterfallModel): void {
  let known: RowHabits | undefined;
  let shown = model.trace;
  model.changed(() => {
    const habits = habitsOf(model.viewState);
    const isMade = model.canUndo || model.canRedo;
    const isChange =
      known !== undefined && model.trace === shown && isMade && !isSameHabit(known, habits);
    known = habits;
    shown = model.trace;
    // How the next trace opens is lost with a host that is gone, and nothing else.
    if (isChange) host.call('keepHabits', habits).catch(() => undefined);
  });
}
