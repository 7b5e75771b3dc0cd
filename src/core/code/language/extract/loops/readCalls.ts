import * as ts from '../compiler.ts';

/** What asks for something and leaves it as it is, by how people call it. */
const asking =
  /^(?:get|find|fetch|load|list|read|search|count|lookup|has|is|exists?|head|aggregate|groupBy|select|calculate|estimate|quote|download|hget|mget|\$?queryRaw)(?![a-z])/;
/** `findOneAndUpdate`, `getOrCreate`; what `getNext` gives depends on what was asked before. */
const changing = /(?:And|Or)[A-Z]|next/i;

/** Functions that wait for what they are given. */
const waiting = new Set(['lastValueFrom', 'firstValueFrom']);
/** Methods that go on with what they are called on. */
const following = new Set(['then', 'catch', 'finally', 'exec', 'lean', 'pipe', 'toPromise']);
/** Methods of an HTTP response. */
const reading = new Set(['json', 'text', 'arrayBuffer', 'blob']);

/**
 * True where what is awaited only asks: `this.client.get(id)`, `Promise.all([a.find(id), b.find(id)])`. Whatever changes
 * something may be meant to happen in order, and what it changes be asked for in the next turn.
 */
export function onlyAsks(awaited: ts.Expression): boolean {
  const waitingFor: ts.Expression[] = [awaited];
  for (let next = waitingFor.pop(); next; next = waitingFor.pop()) {
    const node = bare(next);
    if (!ts.isCallExpression(node)) return false;
    const { expression: callee } = node;
    const name = calledName(callee);
    const [first] = node.arguments;
    if (isPromiseOfAll(callee)) {
      if (!first || !ts.isArrayLiteralExpression(first)) return false;
      waitingFor.push(...first.elements);
    } else if (waiting.has(name)) {
      if (!first) return false;
      waitingFor.push(first);
    } else if (following.has(name) && ts.isPropertyAccessExpression(callee)) {
      waitingFor.push(callee.expression);
    } else if (!reading.has(name) && (!asking.test(name) || changing.test(name))) return false;
  }
  return true;
}

function bare(expression: ts.Expression): ts.Expression {
  let node = expression;
  while (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isNonNullExpression(node)
  )
    node = node.expression;
  return node;
}

function calledName(callee: ts.Expression): string {
  if (ts.isIdentifier(callee)) return callee.text;
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
}

const isPromiseOfAll = (callee: ts.Expression): boolean =>
  ts.isPropertyAccessExpression(callee) &&
  ts.isIdentifier(callee.expression) &&
  callee.expression.text === 'Promise' &&
  /^all/.test(callee.name.text);
