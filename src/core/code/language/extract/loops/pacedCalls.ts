import * as ts from '../compiler.ts';

/** Whoever calls these spreads what it does over time, or takes turns with others. */
const pacing =
  /^(?:sleep|delay|wait\w*|pause|backoff|throttle\w*|limit|limiter|rateLimit\w*|acquire|semaphore|mutex|lock\w*|queue|schedule\w*|setTimeout|setImmediate|nextTick)$/i;

/** One connection does one thing at a time. */
const connections = /^(?:tx|trx|\$?transaction|queryRunner|entityManager|session)$/i;
/** The same, where it is a variable: a field of that name often is a pool or a client of HTTP. */
const localConnections = /^(?:client|conn|connection|manager|em)$/i;

/** Names that a callee is made of, the first first: `this`, `a`, `b` of `this.a.b(…)`. */
function namesOf(callee: ts.Expression): readonly string[] {
  const names: string[] = [];
  let node: ts.Expression = callee;
  for (;;) {
    if (ts.isPropertyAccessExpression(node)) {
      names.push(node.name.text);
      node = node.expression;
    } else if (
      ts.isCallExpression(node) ||
      ts.isElementAccessExpression(node) ||
      ts.isNonNullExpression(node) ||
      ts.isParenthesizedExpression(node)
    ) {
      node = node.expression;
    } else break;
  }
  if (ts.isIdentifier(node)) names.push(node.text);
  else if (node.kind === ts.SyntaxKind.ThisKeyword) names.push('this');
  return names.reverse();
}

export const isPaced = (callee: ts.Expression): boolean =>
  namesOf(callee).some((name) => pacing.test(name));

export function isOnOneConnection(callee: ts.Expression): boolean {
  const names = namesOf(callee);
  return names.some((name) => connections.test(name)) || localConnections.test(names[0] ?? '');
}
