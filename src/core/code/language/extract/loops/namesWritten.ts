import * as ts from '../compiler.ts';
import { isAssignment, rootOf } from './rootOf.ts';

const known = new WeakMap<ts.SourceFile, ReadonlySet<string>>();

/**
 * Names that a file gives another value after their declaration, wherever: what they hold may differ from turn to turn.
 * Properties as `this.name`, where that isn't in the constructor.
 */
export function namesWritten(file: ts.SourceFile): ReadonlySet<string> {
  const names = known.get(file) ?? readNames(file);
  known.set(file, names);
  return names;
}

function readNames(file: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const waiting: { readonly node: ts.Node; readonly isMade: boolean }[] = [
    { node: file, isMade: false },
  ];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, isMade } = next;
    for (const target of targetsOf(node)) {
      const name = ts.isIdentifier(target) ? target.text : thisMember(target);
      if (name !== undefined && !(isMade && name.startsWith('this.'))) names.add(name);
    }
    const isInside = isMade || ts.isConstructorDeclaration(node);
    ts.forEachChild(node, (child) => {
      waiting.push({ node: child, isMade: isInside });
    });
  }
  return names;
}

/** What a node writes to: `a` of `a = 1`, `a++`, `[a] = b`, `for (a of b)`. */
export function targetsOf(node: ts.Node): readonly ts.Expression[] {
  if (isAssignment(node)) return flattened(node.left);
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const { operator, operand } = node;
    const isWritten =
      operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
    return isWritten ? [operand] : [];
  }
  if (ts.isDeleteExpression(node)) return [node.expression];
  if (!ts.isForOfStatement(node) && !ts.isForInStatement(node)) return [];
  return ts.isVariableDeclarationList(node.initializer) ? [] : flattened(node.initializer);
}

/** The names and members of a pattern that is assigned to. */
function flattened(pattern: ts.Expression): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  const waiting: ts.Node[] = [pattern];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (ts.isArrayLiteralExpression(node)) waiting.push(...node.elements);
    else if (ts.isSpreadElement(node) || ts.isSpreadAssignment(node)) waiting.push(node.expression);
    else if (ts.isObjectLiteralExpression(node)) waiting.push(...node.properties);
    else if (ts.isPropertyAssignment(node)) waiting.push(node.initializer);
    else if (ts.isShorthandPropertyAssignment(node)) waiting.push(node.name);
    else if (isAssignment(node)) waiting.push(node.left);
    else if (ts.isParenthesizedExpression(node)) waiting.push(node.expression);
    else if (ts.isExpression(node)) found.push(node);
  }
  return found;
}

function thisMember(node: ts.Expression): string | undefined {
  const root = rootOf(node);
  return root?.startsWith('this.') ? root : undefined;
}
