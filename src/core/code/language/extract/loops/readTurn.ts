import * as ts from '../compiler.ts';
import { boundNames } from './boundNames.ts';
import { isAssignment, rootOf } from './rootOf.ts';
import { targetsOf } from './namesWritten.ts';
import { isOnOneConnection, isPaced } from './pacedCalls.ts';
import { onlyAsks } from './readCalls.ts';

/** What one turn of a loop does with names from outside it; `this.name` for properties. */
export interface Turn {
  /** It awaits something itself, not in a loop or function inside it. */
  readonly awaits: boolean;
  readonly reads: ReadonlySet<string>;
  /** Assigns to, or calls for what that does to it. */
  readonly changes: ReadonlySet<string>;
}

/** Methods that change what they are called on, also where their result is used. */
const changing = new Set([
  'add',
  'append',
  'clear',
  'delete',
  'next',
  'pop',
  'push',
  'reverse',
  'set',
  'shift',
  'sort',
  'splice',
  'unshift',
]);

const logs = /^(?:console|(?:this\.)?log(?:ger)?)$/i;

/** Where in the turn a node is. */
interface Where {
  /** In a function that the turn makes. */
  readonly isNested: boolean;
  /** In a loop of its own. */
  readonly isInner: boolean;
  /** In something that a `break` leaves instead of the loop. */
  readonly catchesBreak: boolean;
}

/**
 * Reads the body of a loop; undefined: its turns depend on one another, or may: it ends the loop, waits on purpose,
 * awaits what doesn't depend on the turn (a retry, a cursor) or changes something, or runs on one connection.
 * @param variables of the loop: each turn has its own
 */
export function readTurn(body: ts.Statement, variables: readonly string[]): Turn | undefined {
  const reader = new TurnReader(body, variables);
  return reader.read(body) ? reader : undefined;
}

class TurnReader implements Turn {
  awaits = false;
  readonly reads = new Set<string>();
  readonly changes = new Set<string>();
  readonly #variables: ReadonlySet<string>;
  /** Names that each turn has of its own. */
  readonly #own: Set<string>;
  /** Those of them that differ from turn to turn. */
  readonly #tied: Set<string>;
  /** Own names for what is outside: `const state = this.state`. */
  readonly #aliases = new Map<string, string>();
  readonly #waiting: { readonly node: ts.Node; readonly where: Where }[] = [];
  #isOpen = false;

  constructor(body: ts.Statement, variables: readonly string[]) {
    this.#variables = new Set(variables);
    this.#own = new Set(variables);
    this.#tied = new Set(variables);
    for (const statement of ts.isBlock(body) ? body.statements : []) this.#declare(statement);
  }

  /** False: turns may depend on one another. */
  read(body: ts.Statement): boolean {
    this.#waiting.push({
      node: body,
      where: { isNested: false, isInner: false, catchesBreak: false },
    });
    for (let next = this.#waiting.pop(); next && !this.#isOpen; next = this.#waiting.pop())
      this.#visit(next.node, next.where);
    return !this.#isOpen;
  }

  #declare(statement: ts.Statement): void {
    if (ts.isFunctionDeclaration(statement) && statement.name) this.#own.add(statement.name.text);
    if (!ts.isVariableStatement(statement)) return;
    const { declarations, flags } = statement.declarationList;
    if ((flags & ts.NodeFlags.BlockScoped) === 0) return;
    for (const { name, initializer } of declarations) {
      const names = boundNames(name);
      for (const one of names) this.#own.add(one);
      if (!initializer) continue;
      if (this.#isTied(initializer)) for (const one of names) this.#tied.add(one);
      const root = isPlainPath(initializer) ? rootOf(initializer) : undefined;
      if (root !== undefined && !this.#own.has(root))
        for (const one of names) this.#aliases.set(one, root);
    }
  }

  #isTied(expression: ts.Node): boolean {
    const waiting: ts.Node[] = [expression];
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      if (ts.isIdentifier(node) && this.#tied.has(node.text)) return true;
      ts.forEachChild(node, (child) => {
        waiting.push(child);
      });
    }
    return false;
  }

  #visit(node: ts.Node, where: Where): void {
    const { kind } = node;
    if (kind >= ts.SyntaxKind.FirstTypeNode && kind <= ts.SyntaxKind.LastTypeNode) return;
    if (leaves(node, where)) {
      this.#isOpen = true;
      return;
    }
    for (const target of targetsOf(node)) this.#write(target, where);
    if (isAssignment(node)) this.#push(node.right, where);
    else if (ts.isIdentifier(node)) this.#note(node.text);
    else if (ts.isPropertyAccessExpression(node)) this.#visitMember(node, where);
    else if (ts.isPropertyAssignment(node)) this.#push(node.initializer, where);
    else if (ts.isShorthandPropertyAssignment(node)) this.#note(node.name.text);
    else if (ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node))
      this.#visitDeclared(node, where);
    else if (ts.isExpressionStatement(node)) this.#visitStatement(node, where);
    else if (ts.isAwaitExpression(node)) this.#visitAwait(node, where);
    else if (ts.isCallExpression(node)) this.#visitCall(node, where, 'value');
    else if (targetsOf(node).length === 0 || isLoop(node))
      this.#visitChildren(node, inside(node, where));
  }

  #visitMember(node: ts.PropertyAccessExpression, where: Where): void {
    if (node.expression.kind === ts.SyntaxKind.ThisKeyword) this.#note(`this.${node.name.text}`);
    else this.#push(node.expression, where);
  }

  #visitDeclared(
    node: ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement,
    where: Where,
  ): void {
    if (!ts.isIdentifier(node.name)) this.#visitChildren(node.name, where);
    if (node.initializer) this.#push(node.initializer, where);
  }

  #visitStatement({ expression }: ts.ExpressionStatement, where: Where): void {
    if (ts.isCallExpression(expression)) this.#visitCall(expression, where, 'statement');
    else this.#push(expression, where);
  }

  #visitAwait({ expression }: ts.AwaitExpression, where: Where): void {
    if (!onlyAsks(expression)) this.#isOpen = true;
    if (!where.isNested && !where.isInner) {
      this.awaits = true;
      // The same in each turn: a retry, a poll, or what comes next of something.
      if (!this.#isTied(expression)) this.#isOpen = true;
    }
    if (ts.isCallExpression(expression)) this.#visitCall(expression, where, 'awaited');
    else this.#push(expression, where);
  }

  #visitCall(node: ts.CallExpression, where: Where, used: 'statement' | 'awaited' | 'value'): void {
    const { expression: callee } = node;
    if (isPaced(callee) || isOnOneConnection(callee)) this.#isOpen = true;
    const on = ts.isPropertyAccessExpression(callee) ? callee : undefined;
    const isChange =
      on !== undefined &&
      used !== 'awaited' &&
      (used === 'statement' || changing.has(on.name.text));
    if (isChange) this.#change(rootOf(on.expression));
    if (!isChange || used === 'value') this.#push(callee, where);
    const root = on && rootOf(on.expression);
    if (used === 'statement' && !(root !== undefined && logs.test(root)))
      for (const argument of node.arguments)
        if (ts.isIdentifier(argument)) this.#change(argument.text);
    for (const argument of node.arguments) this.#push(argument, where);
  }

  #write(target: ts.Expression, where: Where): void {
    if (ts.isIdentifier(target) && this.#variables.has(target.text)) this.#isOpen = true;
    this.#change(rootOf(target), ts.isIdentifier(target));
    if (ts.isElementAccessExpression(target)) this.#push(target.argumentExpression, where);
  }

  /** @param isName it is given another value, not something in it */
  #change(root: string | undefined, isName = false): void {
    if (root === undefined) this.#isOpen = true;
    else if (!this.#own.has(root)) this.changes.add(root);
    else if (!isName && this.#aliases.has(root)) this.changes.add(this.#aliases.get(root) ?? '');
  }

  #note(name: string): void {
    if (!this.#own.has(name)) this.reads.add(name);
  }

  #push(node: ts.Node, where: Where): void {
    this.#waiting.push({ node, where });
  }

  #visitChildren(node: ts.Node, where: Where): void {
    ts.forEachChild(node, (child) => this.#push(child, where));
  }
}

/** `a`, `this.a.b`: the same thing by another name. */
function isPlainPath(node: ts.Expression): boolean {
  let left = node;
  while (ts.isPropertyAccessExpression(left) || ts.isNonNullExpression(left))
    left = left.expression;
  return ts.isIdentifier(left) || left.kind === ts.SyntaxKind.ThisKeyword;
}

/** Ends the loop or its function, or hands something out of it. */
function leaves(node: ts.Node, { isNested, catchesBreak }: Where): boolean {
  if (ts.isLabeledStatement(node) || node.kind === ts.SyntaxKind.YieldExpression) return true;
  if (ts.isBreakStatement(node)) return !isNested && (!catchesBreak || node.label !== undefined);
  if (ts.isContinueStatement(node)) return node.label !== undefined;
  if (ts.isVariableDeclarationList(node))
    return !isNested && (node.flags & ts.NodeFlags.BlockScoped) === 0;
  return !isNested && (ts.isReturnStatement(node) || ts.isThrowStatement(node));
}

const isLoop = (node: ts.Node): boolean =>
  ts.isForStatement(node) ||
  ts.isForOfStatement(node) ||
  ts.isForInStatement(node) ||
  ts.isWhileStatement(node) ||
  ts.isDoStatement(node);

function inside(node: ts.Node, where: Where): Where {
  if (ts.isFunctionLike(node)) return { ...where, isNested: true };
  if (isLoop(node)) return { ...where, isInner: true, catchesBreak: true };
  return ts.isSwitchStatement(node) ? { ...where, catchesBreak: true } : where;
}
