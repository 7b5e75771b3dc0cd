import * as ts from '../compiler.ts';

/** What an expression hangs on: `a` of `a.b[0].c()`, `this.a` of `this.a.b`, `this`; undefined: no name. */
export function rootOf(expression: ts.Expression): string | undefined {
  let node: ts.Expression = expression;
  for (;;) {
    if (ts.isIdentifier(node)) return node.text;
    if (node.kind === ts.SyntaxKind.ThisKeyword) return 'this';
    if (ts.isPropertyAccessExpression(node)) {
      if (node.expression.kind === ts.SyntaxKind.ThisKeyword) return `this.${node.name.text}`;
      node = node.expression;
    } else if (
      ts.isElementAccessExpression(node) ||
      ts.isCallExpression(node) ||
      ts.isNonNullExpression(node) ||
      ts.isParenthesizedExpression(node) ||
      ts.isAsExpression(node) ||
      ts.isAwaitExpression(node)
    ) {
      node = node.expression;
    } else return undefined;
  }
}

/** `=`, `+=`, `??=` and the like. */
export const isAssignment = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) &&
  node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
  node.operatorToken.kind <= ts.SyntaxKind.LastAssignment;
