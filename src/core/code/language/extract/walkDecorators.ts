import * as ts from './compiler.ts';
import type { ExtractionContext } from './extractionContext.ts';
import type { Place } from './place.ts';
import { isPlainMetadata } from './readDecorators.ts';

/** Walks what decorators are given: callbacks there may query, objects may provide. */
export function walkDecorators(reading: ExtractionContext, node: ts.Node, place: Place): void {
  if (!ts.canHaveDecorators(node)) return;
  for (const { expression } of ts.getDecorators(node) ?? []) {
    if (!ts.isCallExpression(expression) || isPlainMetadata(reading, expression)) continue;
    for (const argument of expression.arguments) {
      reading.walk(reading, argument, { ...place, inDecorator: true });
    }
  }
}
