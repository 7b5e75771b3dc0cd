import * as ts from './compiler.ts';
import type { ExtractionContext } from './extractionContext.ts';

/** Text of a property's, method's or parameter's name; undefined when it is computed or a pattern. */
export function nameText(node: ts.Node | undefined): string | undefined {
  if (!node) return undefined;
  if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) return node.text;
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return node.text;
  return undefined;
}

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  if (!ts.canHaveModifiers(node)) return false;
  return node.modifiers?.some((modifier) => modifier.kind === kind) ?? false;
}

/** Line and column, from 1, of a node's first character. */
export function positionOf(
  reading: ExtractionContext,
  node: ts.Node,
): { line: number; column: number } {
  const at = reading.file.getLineAndCharacterOfPosition(node.getStart(reading.file));
  return { line: at.line + 1, column: at.character + 1 };
}

export function lastLineOf(reading: ExtractionContext, node: ts.Node): number {
  return reading.file.getLineAndCharacterOfPosition(node.end).line + 1;
}

/** Dotted text of an entity name: `Prisma.TransactionClient`. */
export function entityText(node: ts.EntityName | ts.Expression): string | undefined {
  const names: string[] = [];
  let start = node;
  for (;;) {
    if (ts.isQualifiedName(start)) {
      names.push(start.right.text);
      start = start.left;
    } else if (ts.isPropertyAccessExpression(start)) {
      names.push(start.name.text);
      start = start.expression;
    } else break;
  }
  return ts.isIdentifier(start) ? [start.text, ...names.toReversed()].join('.') : undefined;
}

/** `[createName]`; undefined for other names. */
export function computedText(
  reading: ExtractionContext,
  name: ts.PropertyName | undefined,
): string | undefined {
  return name && ts.isComputedPropertyName(name) ? name.getText(reading.file) : undefined;
}
