import * as ts from './compiler.ts';
import type { Expression } from '../expression.ts';
import { narrowBudget } from './budget.ts';
import { hasIndependentTurns } from './loops/independentTurns.ts';
import { declareElement, declareVariables } from './declareNames.ts';
import { findChain } from './callChain.ts';
import { readClass } from './readClass.ts';
import { loopOfCallback } from './loopOfCallback.ts';
import { inFunction, type Place } from './place.ts';
import { addFunction, addMethod } from './readMethod.ts';
import type { ExtractionContext } from './extractionContext.ts';
import { recordCall, recordNew, recordProvider } from './recordCalls.ts';
import { recordTemplate } from './recordLibraryCalls.ts';
import { readSized } from './readSized.ts';
import { isHandedOn, recordMention } from './recordMentions.ts';
import { Scope, type SizedExpression } from './scope.ts';
import { nameText, positionOf } from './syntax.ts';
import { walkBody } from './walkBody.ts';

/** Code within code: what is nested deeper isn't read. The stack of the smallest thread holds twice as much. */
const maxDepth = 400;

/** Walks code, recording classes, functions and calls. */
export function walk(reading: ExtractionContext, node: ts.Node, place: Place): void {
  const { kind } = node;
  if (kind < firstWithChildren || (kind >= firstType && kind <= lastType)) return;
  if (reading.depth >= maxDepth) {
    reading.isTooDeep = true;
    return;
  }
  reading.depth += 1;
  const visit = visits[kind];
  if (visit) visit(reading, node, place);
  else walkChildren(reading, node, place);
  reading.depth -= 1;
}

function walkChildren(reading: ExtractionContext, node: ts.Node, place: Place): void {
  ts.forEachChild(node, (child) => walk(reading, child, place));
}

type Visit<Node extends ts.Node = ts.Node> = (
  reading: ExtractionContext,
  node: Node,
  place: Place,
) => void;

/** Names, literals and keywords come before it. */
const firstWithChildren = ts.SyntaxKind.FirstNode;
const firstType = ts.SyntaxKind.FirstTypeNode;
const lastType = ts.SyntaxKind.LastTypeNode;

/** What the walk does with nodes of a kind; with others it goes on to their children. */
const visits: Visit[] = [];

function on<Node extends ts.Node>(kinds: readonly ts.SyntaxKind[], visit: Visit<Node>): void {
  for (const kind of kinds) visits[kind] = visit as Visit;
}

/** Records something of a node, then goes on to its children. */
function before<Node extends ts.Node>(record: Visit<Node>): Visit<Node> {
  return (reading, node, place) => {
    record(reading, node, place);
    walkChildren(reading, node, place);
  };
}

const nothing: Visit = () => undefined;
on([ts.SyntaxKind.ImportDeclaration, ts.SyntaxKind.InterfaceDeclaration], nothing);
on([ts.SyntaxKind.ClassDeclaration, ts.SyntaxKind.ClassExpression], walkClass);
on(
  [
    ts.SyntaxKind.FunctionDeclaration,
    ts.SyntaxKind.FunctionExpression,
    ts.SyntaxKind.ArrowFunction,
    ts.SyntaxKind.MethodDeclaration,
    ts.SyntaxKind.GetAccessor,
    ts.SyntaxKind.SetAccessor,
  ],
  walkFunction,
);
on([ts.SyntaxKind.PropertyAssignment], walkProperty);
on(
  [ts.SyntaxKind.ForOfStatement, ts.SyntaxKind.ForInStatement, ts.SyntaxKind.ForStatement],
  walkFor,
);
on([ts.SyntaxKind.Block], (reading, node, place) => {
  walkChildren(reading, node, { ...place, scope: new Scope(place.scope) });
});
on<ts.IfStatement>([ts.SyntaxKind.IfStatement], (reading, first, outer) => {
  let place = outer;
  let node: ts.Statement | undefined = first;
  while (node && ts.isIfStatement(node)) {
    walk(reading, node.expression, place);
    // An `if` within an `else` is there instead of what comes first, all of it.
    walk(reading, node.thenStatement, { ...place, arm: place.arm ?? 'then' });
    place = { ...place, arm: 'else' };
    node = node.elseStatement;
  }
  if (node) walk(reading, node, place);
});
on([ts.SyntaxKind.WhileStatement, ts.SyntaxKind.DoStatement], (reading, node, place) => {
  walkChildren(reading, node, { ...place, loop: positionOf(reading, node).line });
});
on(
  [ts.SyntaxKind.VariableDeclarationList],
  before<ts.VariableDeclarationList>((reading, node, place) => {
    if (place.method !== undefined) declareVariables(reading, node, place.scope);
  }),
);
on([ts.SyntaxKind.NewExpression], before(recordNew));
on([ts.SyntaxKind.TaggedTemplateExpression], before(recordTemplate));
on([ts.SyntaxKind.ObjectLiteralExpression], before(recordProvider));
on(
  [
    ts.SyntaxKind.CallExpression,
    ts.SyntaxKind.PropertyAccessExpression,
    ts.SyntaxKind.BinaryExpression,
  ],
  walkSpine,
);
on([ts.SyntaxKind.AwaitExpression], (reading, node: ts.AwaitExpression, place) => {
  markAwaited(reading, node.expression);
  walk(reading, node.expression, { ...place, inStatement: false });
});

type ForNode = ts.ForOfStatement | ts.ForInStatement | ts.ForStatement;

type FunctionNode =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.GetAccessorDeclaration
  | ts.SetAccessorDeclaration;

function walkClass(reading: ExtractionContext, node: ts.ClassLikeDeclaration, place: Place): void {
  const index = readClass(reading, node, place);
  if (node.name && place.method !== undefined) {
    const expression: Expression = { kind: 'class', index };
    place.scope.declare(node.name.text, () => ({ expression, size: 1 }));
  }
}

/** A function outside any other is a method fact if it has a name; the others are part of what holds them. */
function walkFunction(reading: ExtractionContext, node: FunctionNode, place: Place): void {
  const name = nameText(node.name);
  if (place.method === undefined && name !== undefined && !place.inDecorator) {
    if (ts.isFunctionDeclaration(node)) addFunction(reading, name, node, node, node.name ?? node);
    else addKeyed(reading, name, node, node, place);
    return;
  }
  walkBody(reading, node, name === undefined ? place : { ...place, ...inFunction(name, place) });
}

/** `{ run: async () => … }` outside functions is as good as `{ async run() {…} }`. */
function walkProperty(reading: ExtractionContext, node: ts.PropertyAssignment, place: Place): void {
  const { initializer } = node;
  const name = nameText(node.name);
  const isFunction = ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer);
  // Decorators are full of functions that only name a type.
  const isOwn = place.method === undefined && (!place.inDecorator || name === 'useFactory');
  if (isOwn && isFunction && name !== undefined) addKeyed(reading, name, initializer, node, place);
  else walkChildren(reading, node, place);
}

/** A function in an object that is given to a call or is in a list: it goes by its key, though no name leads to it. */
function addKeyed(
  reading: ExtractionContext,
  name: string,
  body: ts.FunctionLikeDeclaration,
  holder: ts.Node & { readonly name?: ts.Node | undefined },
  place: Place,
): void {
  const nameNode = holder.name ?? holder;
  addMethod(reading, body, { name, nameNode, holder, kind: 'function', object: '' }, place);
}

/** `a.b().c() + d`: down its left side, however long, then what hangs on that from the inside out. */
function walkSpine(reading: ExtractionContext, node: ts.Node, place: Place): void {
  const hanging: (ts.CallExpression | ts.BinaryExpression)[] = [];
  let left = node;
  let isOutermost = true;
  for (;;) {
    if (ts.isCallExpression(left)) {
      if (isOutermost) findChain(reading, left, place);
      isOutermost = false;
      recordCall(reading, left, place);
      hanging.push(left);
      left = left.expression;
    } else if (ts.isPropertyAccessExpression(left)) {
      recordMention(reading, left, place);
      left = left.expression;
    } else if (ts.isBinaryExpression(left)) {
      assignLocal(reading, left, place);
      isOutermost = true;
      hanging.push(left);
      left = left.left;
    } else break;
  }
  walk(reading, left, place);
  for (const outer of hanging.toReversed()) {
    if (ts.isCallExpression(outer)) walkArguments(reading, outer, place);
    else walk(reading, outer.right, place);
  }
}

function walkArguments(reading: ExtractionContext, node: ts.CallExpression, place: Place): void {
  const callee = node.expression;
  const inside = insideCall(reading, node, place);
  const repeated = { ...inside, loop: loopOfCallback(reading, node) ?? inside.loop };
  const callback = { callee: () => readSized(reading, callee, place.scope, narrowBudget) };
  for (const argument of node.arguments) {
    if (!ts.isArrowFunction(argument) && !ts.isFunctionExpression(argument)) {
      walk(reading, argument, isHandedOn(argument) ? repeated : inside);
      continue;
    }
    walkBody(reading, argument, repeated, callback);
  }
}

function insideCall(
  { recorded, building }: ExtractionContext,
  node: ts.CallExpression,
  outer: Place,
): Place {
  const callee = node.expression;
  const place = building.has(node) ? { ...outer, inStatement: true } : outer;
  if (!ts.isPropertyAccessExpression(callee)) return place;
  const call = recorded.around.get(callee.name.text);
  if (call === undefined) return place;
  return { ...place, within: [...(place.within ?? []), { call, function: '' }] };
}

/** Of `await a.b().c()` each call. */
function markAwaited(reading: ExtractionContext, awaited: ts.Expression): void {
  for (let node: ts.Expression | undefined = awaited; node;) {
    if (ts.isCallExpression(node)) {
      reading.awaited.add(node);
      node = node.expression;
    } else if (ts.isTaggedTemplateExpression(node)) {
      reading.awaited.add(node);
      node = undefined;
    } else if (ts.isPropertyAccessExpression(node) || ts.isParenthesizedExpression(node)) {
      node = node.expression;
    } else node = undefined;
  }
}

function walkFor(reading: ExtractionContext, node: ForNode, place: Place): void {
  const scope = new Scope(place.scope);
  const once = { ...place, scope };
  const repeated = { ...once, loop: positionOf(reading, node).line };
  recordIndependent(reading, node, place);
  if (node.initializer) walk(reading, node.initializer, once);
  if (ts.isForOfStatement(node)) declareElement(reading, node, scope);
  if (ts.isForStatement(node)) {
    if (node.condition) walk(reading, node.condition, repeated);
    if (node.incrementor) walk(reading, node.incrementor, repeated);
  } else {
    walk(reading, node.expression, once);
  }
  walk(reading, node.statement, repeated);
}

/** A transaction's connection does one thing at a time. */
function recordIndependent(reading: ExtractionContext, node: ForNode, place: Place): void {
  if (place.method === undefined || place.within !== undefined) return;
  if (!hasIndependentTurns(reading.file, node)) return;
  reading.independentLoops.push({ line: positionOf(reading, node).line });
}

function assignLocal(reading: ExtractionContext, node: ts.BinaryExpression, place: Place): void {
  const { left, right } = node;
  if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return;
  const read = () => readSized(reading, right, place.scope, narrowBudget);
  if (ts.isIdentifier(left)) place.scope.assign(left.text, read);
  else if (
    ts.isPropertyAccessExpression(left) &&
    left.expression.kind === ts.SyntaxKind.ThisKeyword
  ) {
    assignProperty(reading, left.name.text, read, place);
  }
}

/** `this.x = …` outside the constructor gives a value to a property declared without one. */
function assignProperty(
  reading: ExtractionContext,
  name: string,
  read: () => SizedExpression,
  { method }: Place,
): void {
  const owner = reading.classes[reading.methods[method ?? -1]?.class ?? -1];
  const property = owner?.properties.find((known) => known.name === name);
  if (!property || property.value !== undefined || property.parameter !== undefined) return;
  const { expression } = read();
  if (isNothing(expression)) return;
  Object.assign(property, { value: expression });
}

const isNothing = (value: Expression): boolean =>
  typeof value === 'object' && (value.kind === 'literal' || value.kind === 'unknown');
