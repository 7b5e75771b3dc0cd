import * as ts from './compiler.ts';
import { unknownExpression, type Expression } from '../expression.ts';
import { narrowBudget, wideBudget, type Budget } from './budget.ts';
import { classIndex } from './classIndex.ts';
import { declareParameters, declareVariables, parameterName } from './declareNames.ts';
import { condition, readCondition } from './readCondition.ts';
import { readSized } from './readSized.ts';
import type { ExtractionContext } from './extractionContext.ts';
import { replacesMethod } from './replacesMethod.ts';
import { Scope } from './scope.ts';

const maxReturns = 12;
/** Conditions that a statement stands behind. */
const mostConditions = 60;

interface FunctionValue {
  readonly returns: Expression[];
  readonly applies: Expression[];
}

/** Where in a function's body statements are read. */
interface BodyPlace {
  readonly scope: Scope;
  readonly budget: Budget;
  /** What must hold for them to run. */
  readonly when: readonly Expression[];
}

/** Reads what a function returns, and the decorators that it applies by hand. */
export function readFunctionValue(
  reading: ExtractionContext,
  node: ts.FunctionLikeDeclaration,
  outer: Scope,
  budget: Budget,
): Expression {
  const { returns, applies } = readReturns(reading, node, outer, budget);
  return {
    kind: 'function',
    parameters: node.parameters.map((p) => `${p.dotDotDotToken ? '...' : ''}${parameterName(p)}`),
    returns,
    ...(applies.length > 0 && { applies }),
    ...(replacesMethod(reading, node) && { replaces: true }),
  };
}

export function readReturns(
  reading: ExtractionContext,
  node: ts.FunctionLikeDeclaration,
  outer: Scope,
  budget: Budget,
): FunctionValue {
  const scope = new Scope(outer);
  declareParameters(reading, node, scope);
  const found: FunctionValue = { returns: [], applies: [] };
  if (!node.body) return found;
  if (ts.isBlock(node.body)) {
    readStatements(reading, node.body.statements, { scope, budget, when: [] }, found);
  } else {
    found.returns.push(reading.readExpression(reading, node.body, scope, budget));
  }
  return found;
}

function readStatements(
  reading: ExtractionContext,
  statements: readonly ts.Statement[],
  place: BodyPlace,
  found: FunctionValue,
): void {
  const { scope, budget } = place;
  for (const statement of statements) {
    if (ts.isVariableStatement(statement)) {
      declareVariables(reading, statement.declarationList, scope, !budget.shallow);
    } else if (ts.isClassDeclaration(statement) && statement.name) {
      const expression: Expression = { kind: 'class', index: classIndex(reading, statement) };
      scope.declare(statement.name.text, () => ({ expression, size: 1 }));
    } else if (ts.isReturnStatement(statement) && statement.expression) {
      if (found.returns.length < maxReturns) {
        found.returns.push(
          given(reading.readExpression(reading, statement.expression, scope, budget), place),
        );
      }
    } else if (ts.isExpressionStatement(statement)) {
      readEffect(reading, statement.expression, place, found);
    } else if (ts.isForOfStatement(statement)) {
      readLoop(reading, statement, place, found);
    } else if (place.when.length < mostConditions) {
      for (const block of nestedBlocks(reading, statement, place)) {
        const inside = { scope: new Scope(scope), budget, when: [...place.when, ...block.when] };
        readStatements(reading, block.statements, inside, found);
      }
    }
  }
}

/** `X()` of `X()(target, key)`, also by the name of a variable that holds it. */
function isMade(callee: ts.Expression, scope: Scope): boolean {
  if (!ts.isIdentifier(callee)) return ts.isCallExpression(callee);
  const made = scope.lookup(callee.text)?.expression;
  return typeof made === 'object' && (made.kind === 'call' || made.kind === 'either');
}

/** `X()(target, key)`, `decorator = X()`, `decorators.push(X())`. */
function readEffect(
  reading: ExtractionContext,
  node: ts.Expression,
  place: BodyPlace,
  { applies }: FunctionValue,
): void {
  const { scope, budget } = place;
  if (ts.isCallExpression(node) && isMade(node.expression, scope)) {
    applies.push(given(reading.readExpression(reading, node.expression, scope, budget), place));
  } else if (budget.shallow) {
    return;
  } else if (ts.isCallExpression(node)) {
    readPush(reading, node, place);
  } else if (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isIdentifier(node.left)
  ) {
    scope.change(node.left.text, (before) => {
      const { expression, size } = readSized(reading, node.right, scope, narrowBudget);
      if (place.when.length === 0) return { expression, size };
      const when = condition('not', [condition('all', place.when)]);
      const options = [before.expression, expression];
      return {
        expression: { kind: 'either', options, fallback: false, when },
        size: size + before.size + 4,
      };
    });
  }
}

/** `decorators.push(X())`: the list is another from then on. */
function readPush(reading: ExtractionContext, node: ts.CallExpression, place: BodyPlace): void {
  const { expression: callee } = node;
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'push') return;
  if (!ts.isIdentifier(callee.expression)) return;
  const { scope } = place;
  scope.change(callee.expression.text, (before) => {
    const added = node.arguments.map((argument) =>
      readSized(reading, argument, scope, narrowBudget),
    );
    const items: Expression[] = [
      { kind: 'spread', of: before.expression },
      ...added.map(({ expression }) => given(expression, place)),
    ];
    const size = added.reduce((sum, item) => sum + item.size + 4, before.size + 2);
    return { expression: { kind: 'array', items }, size };
  });
}

/** The expression, with what must hold for it to count. */
function given(of: Expression, { when, budget }: BodyPlace): Expression {
  return when.length === 0 || budget.shallow
    ? of
    : { kind: 'guarded', of, when: condition('all', when) };
}

/** Decorators applied to each of a list: the loop's variable is the list, spread. */
function readLoop(
  reading: ExtractionContext,
  node: ts.ForOfStatement,
  place: BodyPlace,
  { applies }: FunctionValue,
): void {
  const scope = new Scope(place.scope);
  const [variable] = ts.isVariableDeclarationList(node.initializer)
    ? node.initializer.declarations
    : [];
  if (variable && ts.isIdentifier(variable.name)) {
    scope.declare(variable.name.text, () => {
      const { expression, size } = readSized(reading, node.expression, place.scope, wideBudget);
      return { expression: { kind: 'spread', of: expression, each: true }, size: size + 1 };
    });
  }
  const inside = { ...place, scope };
  readStatements(reading, statementsOf(node.statement), inside, { returns: [], applies });
}

const statementsOf = (node: ts.Statement | undefined): readonly ts.Statement[] =>
  !node ? [] : ts.isBlock(node) ? node.statements : [node];

/** Statements that run only where something holds. */
interface Block {
  readonly statements: readonly ts.Statement[];
  readonly when: readonly Expression[];
}

function nestedBlocks(
  reading: ExtractionContext,
  statement: ts.Statement,
  { scope, budget }: BodyPlace,
): readonly Block[] {
  const read = (node: ts.Node) =>
    budget.shallow ? unknownExpression : reading.readExpression(reading, node, scope, budget);
  if (ts.isIfStatement(statement)) {
    const when = readCondition(statement.expression, read);
    return [
      { statements: statementsOf(statement.thenStatement), when: [when] },
      { statements: statementsOf(statement.elseStatement), when: [condition('not', [when])] },
    ];
  }
  if (ts.isTryStatement(statement))
    return [{ statements: statement.tryBlock.statements, when: [] }];
  if (ts.isBlock(statement)) return [{ statements: statement.statements, when: [] }];
  return ts.isSwitchStatement(statement) ? clausesOf(statement, read) : [];
}

/** Clauses of a `switch`, each with the labels that lead to it; the default comes last. */
function clausesOf(
  { expression, caseBlock: { clauses } }: ts.SwitchStatement,
  read: (node: ts.Node) => Expression,
): readonly Block[] {
  const of = read(expression);
  const all: Expression[] = [];
  let open: Expression[] = [];
  const blocks: Block[] = [];
  let byDefault: readonly ts.Statement[] = [];
  let isDefault = false;
  for (const clause of clauses) {
    if (ts.isCaseClause(clause)) open.push(condition('equal', [of, read(clause.expression)]));
    else isDefault = true;
    if (clause.statements.length === 0) continue;
    if (isDefault) byDefault = clause.statements;
    else blocks.push({ statements: clause.statements, when: [condition('any', open)] });
    if (!isDefault) all.push(...open);
    open = [];
    isDefault = false;
  }
  return [...blocks, { statements: byDefault, when: [condition('not', [condition('any', all)])] }];
}
