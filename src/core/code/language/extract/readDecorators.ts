import * as ts from './compiler.ts';
import type { DecoratorFact } from '../facts.ts';
import { readExpression } from './readExpression.ts';
import type { ExtractionContext } from './extractionContext.ts';
import type { Scope } from './scope.ts';

/** Decorators of a class, member or parameter, in source order. */
export function readDecorators(
  reading: ExtractionContext,
  node: ts.Node,
  scope: Scope,
): DecoratorFact[] {
  if (!ts.canHaveDecorators(node)) return [];
  const decorators: DecoratorFact[] = [];
  for (const { expression } of ts.getDecorators(node) ?? []) {
    if (isPlainMetadata(reading, expression)) continue;
    if (ts.isCallExpression(expression)) {
      const name = readExpression(reading, expression.expression, scope);
      const args = expression.arguments.map((arg) => readExpression(reading, arg, scope));
      decorators.push({ name, args });
    } else {
      decorators.push({ name: readExpression(reading, expression, scope) });
    }
  }
  return decorators;
}

/** Packages whose decorators describe data or documents: many, wide, and never a handler. */
const metadataPackages =
  /^(@nestjs\/swagger|class-validator|class-transformer|typeorm|@nestjs\/throttler)$/;

/** True for a decorator that never matters. */
export function isPlainMetadata(reading: ExtractionContext, expression: ts.Expression): boolean {
  const name = ts.isCallExpression(expression) ? expression.expression : expression;
  return ts.isIdentifier(name) && reading.metadataNames.has(name.text);
}

/** Of the file's imports: the names that `readDecorators` passes over. */
export function isMetadataImport({ from }: { readonly from: string }): boolean {
  return metadataPackages.test(from);
}
