import * as ts from './compiler.ts';
import type { ExtractionContext } from './extractionContext.ts';

/** Ways to take the metadata of the old function to the new one: then the method keeps what it was. */
const keepsMetadata = /etadata|setPrototypeOf/;

/**
 * True for a method's decorator that puts a function of its own in the method's place: what decorators below
 * have said of the old one, Nest's too, is gone.
 */
export function replacesMethod(
  { file }: ExtractionContext,
  { parameters, body }: ts.FunctionLikeDeclaration,
): boolean {
  const [, , descriptor] = parameters;
  if (!body || parameters.length !== 3 || !descriptor || !ts.isIdentifier(descriptor.name))
    return false;
  const { text: name } = descriptor.name;
  const functions = new Set<string>();
  const replaces = (node: ts.Node): boolean => {
    if (ts.isFunctionDeclaration(node) && node.name) functions.add(node.name.text);
    if (
      ts.isVariableDeclaration(node) &&
      ts.isIdentifier(node.name) &&
      isFunction(node.initializer)
    ) {
      functions.add(node.name.text);
    }
    if (isAssignmentTo(node, name)) {
      const { right } = node;
      if (isFunction(right) || (ts.isIdentifier(right) && functions.has(right.text))) return true;
    }
    return ts.forEachChild(node, replaces) ?? false;
  };
  return replaces(body) && !keepsMetadata.test(body.getText(file));
}

const isFunction = (node: ts.Expression | undefined): boolean =>
  node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));

/** `descriptor.value = …`. */
function isAssignmentTo(node: ts.Node, name: string): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isPropertyAccessExpression(node.left) &&
    node.left.name.text === 'value' &&
    ts.isIdentifier(node.left.expression) &&
    node.left.expression.text === name
  );
}
