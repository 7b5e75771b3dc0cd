import * as ts from './compiler.ts';
import type { ExtractionContext } from './extractionContext.ts';
import { positionOf } from './syntax.ts';

/** Methods that call their callback once per element. */
const iterations = new Set([
  'map',
  'forEach',
  'flatMap',
  'filter',
  'reduce',
  'reduceRight',
  'some',
  'every',
  'find',
  'each',
  'eachSeries',
  'mapSeries',
  'mapLimit',
  'eachLimit',
  'times',
]);

/** Line of the called name where it calls what it is given once per element, `items.map(…)`; undefined: it doesn't. */
export function loopOfCallback(
  reading: ExtractionContext,
  { expression: callee }: ts.CallExpression,
): number | undefined {
  const iterates = ts.isPropertyAccessExpression(callee) && iterations.has(callee.name.text);
  return iterates ? positionOf(reading, callee.name).line : undefined;
}
