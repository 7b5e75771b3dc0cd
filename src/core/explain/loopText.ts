import { message } from '../base/message.ts';
import { visibleText } from '../base/visibleText.ts';
import type { CodeLocation } from '../code/location.ts';

/** The loop, where it can be no other; undefined: there is none, or it may be one of several. */
export const oneLoop = (loops: readonly CodeLocation[]): CodeLocation | undefined =>
  loops.length === 1 ? loops[0] : undefined;

/**
 * `in the loop at orders.service.ts:81`; `in a loop` where it may be one of several. Undefined: in none.
 * @param placeOf what a line is called, else its file without folders and its number
 */
export function loopText(
  loops: readonly CodeLocation[],
  placeOf: (location: CodeLocation) => string = lineName,
): string | undefined {
  if (loops.length === 0) return undefined;
  const loop = oneLoop(loops);
  return loop ? message('in the loop at {0}', placeOf(loop)) : message('in a loop');
}

/** `orders.service.ts:81`; of a path in a span too: made visible. */
export const lineName = ({ path, line }: CodeLocation): string =>
  `${visibleText(path.slice(path.lastIndexOf('/') + 1))}:${line}`;
