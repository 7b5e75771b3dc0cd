import type * as ts from './compiler.ts';
import { declareParameters, type CallbackPlace } from './declareNames.ts';
import type { ExtractionContext } from './extractionContext.ts';
import type { Place } from './place.ts';
import { Scope } from './scope.ts';

/** Walks a function's body in a scope of its own. */
export function walkBody(
  reading: ExtractionContext,
  node: ts.FunctionLikeDeclaration,
  place: Place,
  callback?: CallbackPlace,
): void {
  const scope = new Scope(place.scope);
  declareParameters(reading, node, scope, callback);
  const inside = { ...place, scope, inStatement: false };
  for (const parameter of node.parameters) {
    if (parameter.initializer) reading.walk(reading, parameter.initializer, inside);
  }
  if (node.body) reading.walk(reading, node.body, inside);
}
