import * as ts from './compiler.ts';
import type { Expression } from '../expression.ts';
import { declareParameters, declareVariables, parameterName } from './declareNames.ts';
import {
  classIndex,
  readExpression,
  readSized,
  wideBudget,
  type Budget,
} from './readExpression.ts';
import type { SourceReading } from './reading.ts';
import { Scope } from './scope.ts';

const maxReturns = 4;

interface FunctionValue {
  readonly returns: Expression[];
  readonly applies: Expression[];
}

/** Reads what a function returns, and the decorators that it applies by hand. */
export function readFunctionValue(
  reading: SourceReading,
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
  };
}

export function readReturns(
  reading: SourceReading,
  node: ts.FunctionLikeDeclaration,
  outer: Scope,
  budget: Budget,
): FunctionValue {
  const scope = new Scope(outer);
  declareParameters(reading, node, scope);
  const found: FunctionValue = { returns: [], applies: [] };
  if (!node.body) return found;
  if (ts.isBlock(node.body)) {
    readStatements(reading, node.body.statements, scope, budget, found);
  } else {
    found.returns.push(readExpression(reading, node.body, scope, budget));
  }
  return found;
}

function readStatements(
  reading: SourceReading,
  statements: readonly ts.Statement[],
  scope: Scope,
  budget: Budget,
  found: FunctionValue,
): void {
  for (const statement of statements) {
    if (ts.isVariableStatement(statement)) {
      declareVariables(reading, statement.declarationList, scope);
    } else if (ts.isClassDeclaration(statement) && statement.name) {
      const expression: Expression = { kind: 'class', index: classIndex(reading, statement) };
      scope.declare(statement.name.text, () => ({ expression, size: 1 }));
    } else if (ts.isReturnStatement(statement) && statement.expression) {
      if (found.returns.length < maxReturns) {
        found.returns.push(readExpression(reading, statement.expression, scope, budget));
      }
    } else if (ts.isExpressionStatement(statement)) {
      const call = statement.expression;
      if (ts.isCallExpression(call) && ts.isCallExpression(call.expression)) {
        found.applies.push(readExpression(reading, call.expression, scope, budget));
      }
    } else if (ts.isForOfStatement(statement)) {
      readLoop(reading, statement, scope, budget, found);
    } else {
      for (const block of nestedBlocks(statement)) {
        readStatements(reading, block, new Scope(scope), budget, found);
      }
    }
  }
}

/** Decorators applied to each of a list: the loop's variable is the list, spread. */
function readLoop(
  reading: SourceReading,
  node: ts.ForOfStatement,
  outer: Scope,
  budget: Budget,
  { applies }: FunctionValue,
): void {
  const scope = new Scope(outer);
  const [variable] = ts.isVariableDeclarationList(node.initializer)
    ? node.initializer.declarations
    : [];
  if (variable && ts.isIdentifier(variable.name)) {
    scope.declare(variable.name.text, () => {
      const { expression, size } = readSized(reading, node.expression, outer, wideBudget);
      return { expression: { kind: 'spread', of: expression, each: true }, size: size + 1 };
    });
  }
  readStatements(reading, statementsOf(node.statement), scope, budget, { returns: [], applies });
}

const statementsOf = (node: ts.Statement | undefined): readonly ts.Statement[] =>
  !node ? [] : ts.isBlock(node) ? node.statements : [node];

function nestedBlocks(statement: ts.Statement): (readonly ts.Statement[])[] {
  if (ts.isIfStatement(statement)) {
    return [statementsOf(statement.thenStatement), statementsOf(statement.elseStatement)];
  }
  if (ts.isTryStatement(statement)) return [statement.tryBlock.statements];
  if (ts.isBlock(statement)) return [statement.statements];
  if (ts.isSwitchStatement(statement)) return statement.caseBlock.clauses.map((c) => c.statements);
  return [];
}
