import type * as ts from './compiler.ts';
import type { ExtractionContext } from './extractionContext.ts';
import type { Scope, SizedExpression } from './scope.ts';

/** Reads an expression and counts its nodes. */
export function readSized(
  reading: ExtractionContext,
  node: ts.Node,
  scope: Scope,
  nodes: number,
  shallow = false,
): SizedExpression {
  const budget = { left: nodes, shallow };
  return {
    expression: reading.readExpression(reading, node, scope, budget),
    size: nodes - budget.left,
  };
}
