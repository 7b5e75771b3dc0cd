import type * as ts from './compiler.ts';
import type { ExtractionContext } from './extractionContext.ts';

/** Index of a class in the facts; a class not read yet gets its place. */
export function classIndex(reading: ExtractionContext, node: ts.ClassLikeDeclaration): number {
  const known = reading.classIndexes.get(node);
  if (known !== undefined) return known;
  const index = reading.classes.length;
  reading.classes.push({ name: '', line: 0, decorators: [], properties: [], methods: [] });
  reading.classIndexes.set(node, index);
  return index;
}
