import * as ts from './compiler.ts';
import type { TypeExpression } from '../expression.ts';
import { entityText, nameText } from './syntax.ts';

/** A type annotation reduced to names; undefined for what linking has no use for (literals, mapped types…). */
export function readType(node: ts.TypeNode | undefined, depth = 0): TypeExpression | undefined {
  if (!node || depth > 6) return undefined;
  const inner = (child: ts.TypeNode | undefined) => readType(child, depth + 1);
  if (ts.isTypeReferenceNode(node)) {
    const name = entityText(node.typeName);
    return name === undefined ? undefined : withArguments(name, node.typeArguments?.map(inner));
  }
  if (ts.isExpressionWithTypeArguments(node)) {
    const name = entityText(node.expression);
    return name === undefined ? undefined : withArguments(name, node.typeArguments?.map(inner));
  }
  if (ts.isParenthesizedTypeNode(node)) return inner(node.type);
  if (ts.isUnionTypeNode(node)) return group('|', node.types.map(inner));
  if (ts.isIntersectionTypeNode(node)) return group('&', node.types.map(inner));
  if (ts.isTypeQueryNode(node)) {
    const name = entityText(node.exprName);
    return name === undefined ? undefined : { name: `typeof ${name}` };
  }
  if (ts.isIndexedAccessTypeNode(node)) {
    const of = inner(node.objectType);
    const index = ts.isLiteralTypeNode(node.indexType)
      ? nameText(node.indexType.literal)
      : undefined;
    return of && index !== undefined
      ? { name: '[]', args: [of, { name: `"${index}"` }] }
      : undefined;
  }
  if (ts.isArrayTypeNode(node)) return withArguments('Array', [inner(node.elementType)]);
  if (ts.isTypeOperatorNode(node)) {
    return node.operator === ts.SyntaxKind.ReadonlyKeyword ? inner(node.type) : undefined;
  }
  if (ts.isFunctionTypeNode(node) || ts.isConstructorTypeNode(node)) {
    const args = node.parameters.map((p) => inner(p.type) ?? { name: '?' });
    const returns = inner(node.type);
    return { name: '=>', args, ...(returns && { returns }) };
  }
  return undefined;
}

function withArguments(
  name: string,
  args: readonly (TypeExpression | undefined)[] | undefined,
): TypeExpression {
  return args?.length ? { name, args: args.map((arg) => arg ?? { name: '?' }) } : { name };
}

function group(
  name: string,
  options: readonly (TypeExpression | undefined)[],
): TypeExpression | undefined {
  const known = options.filter((option) => option !== undefined);
  return known.length > 1 ? { name, args: known } : known[0];
}
