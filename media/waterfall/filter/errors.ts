import { message } from '../../../src/core/base/message.ts';
import { errorStatus } from '../../../src/core/trace/trace.ts';
import { neighborMatch } from '../../../src/core/waterfall/matches.ts';
import type { WaterfallModel } from '../model.ts';

/** Selects the next failed span, or the one before, around the end, whatever is looked for; says so where there is none. */
export function goToError(model: WaterfallModel, direction: 1 | -1): void {
  const { shape, selected } = model;
  if (!shape) return;
  const errors = shape.columns.status.map((status) => (status === errorStatus ? 1 : 0));
  const row = neighborMatch(errors, selected, direction);
  if (row === undefined) model.announce(message('No errors in this trace.'));
  else model.select(row, 'center');
}
