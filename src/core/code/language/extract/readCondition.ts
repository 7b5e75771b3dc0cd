import * as ts from './compiler.ts';
import { unknownExpression, type Expression } from '../expression.ts';

type Read = (node: ts.Node) => Expression;
/** Conditions that are parts of others. */
const maxDepth = 100;

type Test = Extract<Expression, { kind: 'condition' }>['test'];

/** Reads what stands between the parentheses of an `if`, with `read` for the values in it. */
export function readCondition(node: ts.Expression, read: Read, depth = 0): Expression {
  if (depth > maxDepth) return unknownExpression;
  const inner = (child: ts.Expression) => readCondition(child, read, depth + 1);
  if (ts.isParenthesizedExpression(node)) return inner(node.expression);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    return condition('not', [inner(node.operand)]);
  }
  if (!ts.isBinaryExpression(node)) return read(node);
  const { left, right } = node;
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return condition('all', [inner(left), inner(right)]);
    case ts.SyntaxKind.BarBarToken:
      return condition('any', [inner(left), inner(right)]);
    default:
      return readComparison(node, read) ?? read(node);
  }
}

/** `a === b` and `a !== b`; undefined for other operators. */
export function readComparison(
  { left, operatorToken, right }: ts.BinaryExpression,
  read: Read,
): Expression | undefined {
  switch (operatorToken.kind) {
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsToken:
      return condition('equal', [read(left), read(right)]);
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsToken:
      return condition('not', [condition('equal', [read(left), read(right)])]);
    default:
      return undefined;
  }
}

export function condition(test: Test, of: readonly Expression[]): Expression {
  const [only] = of;
  return only !== undefined && of.length === 1 && test !== 'not'
    ? only
    : { kind: 'condition', test, of };
}
