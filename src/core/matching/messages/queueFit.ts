import type { MessageHandler } from '../../code/model.ts';
import { fitsShape } from './wildcards.ts';

/**
 * How well a handler fits a message: `sure` by a name that is registered, `likely` by one that the code has for it,
 * `open` where nothing is known of its queue.
 */
export type Fit = 'sure' | 'likely' | 'open';

const descending: readonly Fit[] = ['sure', 'likely', 'open'];

/** What a handler's queue has to do with the one that a message came by; undefined: nothing. */
export function queueFit({ queue, possible }: MessageHandler, name: string): Fit | undefined {
  if (queue !== undefined && queue !== '' && queue === name) return 'sure';
  if (!possible || name === '') return undefined;
  const { names, shape } = possible;
  if (names.includes(name)) return 'likely';
  if (shape === undefined || !fitsShape(name, shape)) return undefined;
  return /[^*]/.test(shape) ? 'likely' : 'open';
}

/** The surer of what fits in several ways. */
export const surest = (fits: readonly (Fit | undefined)[]): Fit | undefined =>
  descending.find((fit) => fits.includes(fit));
