import { message } from '../../../src/core/base/message.ts';
import type { WaterfallModel } from '../model.ts';

/** Why a view has no span to show. */
export function nothingShown({ shape, matches, matchCount, onlyMatches }: WaterfallModel): string {
  if ((shape?.size ?? 0) === 0) return message('This trace has no spans.');
  return onlyMatches && matches && matchCount === 0
    ? message('No matching spans.')
    : message('All spans are hidden. Select Show all.');
}
