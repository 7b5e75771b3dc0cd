import * as ts from './compiler.ts';
import { wideBudget, type Budget } from './budget.ts';
import { classIndex } from './classIndex.ts';
import {
  memberOf,
  unknownExpression,
  type Expression,
  type ObjectEntry,
  type TypeExpression,
} from '../expression.ts';
import { readComparison, readCondition } from './readCondition.ts';
import { readFunctionValue, readReturns } from './readFunctionValue.ts';
import { readType } from './readType.ts';
import type { ExtractionContext } from './extractionContext.ts';
import type { Scope } from './scope.ts';
import { entityText, nameText } from './syntax.ts';

/** Reduces an expression to its linkable form, with local names replaced by their values. */
export function readExpression(
  reading: ExtractionContext,
  node: ts.Node,
  scope: Scope,
  budget: Budget = { left: wideBudget },
): Expression {
  if (!spend(reading, budget, 1)) return unknownExpression;
  const inner = (child: ts.Node) => readExpression(reading, child, scope, budget);
  if (ts.isIdentifier(node)) return readName(reading, node, scope, budget);
  if (ts.isPropertyAccessExpression(node)) return memberOf(inner(node.expression), node.name.text);
  if (ts.isStringLiteralLike(node)) return readText(reading, node, budget);
  if (ts.isCallExpression(node)) {
    const args = readArguments(node.arguments, budget, inner);
    return withTypes(
      { kind: 'call', callee: inner(node.expression), args },
      node.typeArguments,
      scope,
    );
  }
  switch (node.kind) {
    case ts.SyntaxKind.ThisKeyword:
      return scope.lookup('this')?.expression ?? 'this';
    case ts.SyntaxKind.SuperKeyword:
      return 'super';
    case ts.SyntaxKind.TrueKeyword:
      return { kind: 'literal', value: true };
    case ts.SyntaxKind.FalseKeyword:
      return { kind: 'literal', value: false };
    case ts.SyntaxKind.NullKeyword:
      return { kind: 'literal', value: null };
  }
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)) {
    return inner(node.expression);
  }
  if (ts.isAwaitExpression(node) || ts.isSatisfiesExpression(node)) return inner(node.expression);
  if (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) {
    const type = readType(node.type, scope);
    const of = inner(node.expression);
    if (!type || type.name === 'const' || isPlainValue(of)) return of;
    return { kind: 'typed', of, type, ...(isDisguised(node.expression) && { disguised: true }) };
  }
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) {
    return readFunctionValue(reading, node, scope, budget);
  }
  return readComposite(reading, node, scope, budget, inner);
}

function spend(reading: ExtractionContext, budget: Budget, nodes: number): boolean {
  budget.left -= nodes;
  reading.left -= nodes;
  return budget.left >= 0 && reading.left >= 0;
}

/** A long text counts for more than one node: variables carry it to wherever they are named. */
function readText(
  reading: ExtractionContext,
  { text }: { readonly text: string },
  budget: Budget,
): Expression {
  spend(reading, budget, text.length >> 8);
  return { kind: 'text', text };
}

/** Those that the budget is enough for; what is left is one unknown that stands for any number. */
function readList(
  nodes: readonly ts.Expression[],
  budget: Budget,
  inner: (child: ts.Node) => Expression,
): Expression[] {
  const items: Expression[] = [];
  for (const node of nodes) {
    if (budget.left <= 0) return [...items, { kind: 'spread', of: unknownExpression }];
    items.push(inner(node));
  }
  return items;
}

function readComposite(
  reading: ExtractionContext,
  node: ts.Node,
  scope: Scope,
  budget: Budget,
  inner: (child: ts.Node) => Expression,
): Expression {
  if (ts.isObjectLiteralExpression(node)) {
    return { kind: 'object', entries: readEntries(reading, node, scope, budget) };
  }
  if (ts.isArrayLiteralExpression(node))
    return { kind: 'array', items: readList(node.elements, budget, inner) };
  if (ts.isSpreadElement(node)) return { kind: 'spread', of: inner(node.expression) };
  if (ts.isNumericLiteral(node)) return { kind: 'literal', value: Number(node.text) };
  if (ts.isElementAccessExpression(node)) {
    const index = inner(node.argumentExpression);
    const of = inner(node.expression);
    return typeof index === 'object' && index.kind === 'text' && isIdentifierText(index.text)
      ? memberOf(of, index.text)
      : { kind: 'element', of, index };
  }
  if (ts.isNewExpression(node)) {
    const args = budget.shallow
      ? readOptions(node.arguments ?? [], inner)
      : readArguments(node.arguments ?? [], budget, inner);
    return withTypes(
      { kind: 'new', callee: inner(node.expression), args },
      node.typeArguments,
      scope,
    );
  }
  if (ts.isTemplateExpression(node)) {
    const parts: Expression[] = [{ kind: 'text', text: node.head.text }];
    for (const span of node.templateSpans) {
      parts.push(inner(span.expression), { kind: 'text', text: span.literal.text });
    }
    return { kind: 'join', parts };
  }
  if (ts.isConditionalExpression(node)) {
    const options = [inner(node.whenTrue), inner(node.whenFalse)];
    const when = budget.shallow ? unknownExpression : readCondition(node.condition, inner);
    const isKnown = typeof when === 'string' || when.kind !== 'unknown';
    return { kind: 'either', options, fallback: false, ...(isKnown && { when }) };
  }
  if (ts.isBinaryExpression(node)) return readBinary(node, inner);
  if (ts.isRegularExpressionLiteral(node)) return readPattern(node);
  if (ts.isTypeOfExpression(node)) return { kind: 'typeof', of: inner(node.expression) };
  if (ts.isClassExpression(node)) return { kind: 'class', index: classIndex(reading, node) };
  return unknownExpression;
}

function readPattern({ text }: ts.RegularExpressionLiteral): Expression {
  const end = text.lastIndexOf('/');
  return { kind: 'pattern', source: text.slice(1, end), flags: text.slice(end + 1) };
}

function readArguments(
  nodes: readonly ts.Expression[],
  budget: Budget,
  inner: (child: ts.Node) => Expression,
): Expression[] {
  if (!budget.shallow) return readList(nodes, budget, inner);
  const kept = nodes.slice(0, 2).map((node) => {
    return isShort(node) ? inner(node) : unknownExpression;
  });
  return kept.every((value) => value === unknownExpression) ? [] : kept;
}

/** Of what is made: names and texts, those among its options as well. */
function readOptions(
  nodes: readonly ts.Expression[],
  inner: (child: ts.Node) => Expression,
): Expression[] {
  const kept = nodes.slice(0, 2).map((node): Expression => {
    if (isShort(node)) return inner(node);
    if (!ts.isObjectLiteralExpression(node)) return unknownExpression;
    const entries = node.properties.slice(0, 4).flatMap((property): ObjectEntry[] => {
      const value = shortValue(property, isShortCall);
      const key = value && property.name && keyText(property.name);
      return value === undefined || key === undefined ? [] : [[key, inner(value)]];
    });
    // First what isn't read: an entry without key that stands for any number.
    return entries.length === 0
      ? unknownExpression
      : { kind: 'object', entries: [['', unknownExpression], ...entries] };
  });
  return kept.every((value) => value === unknownExpression) ? [] : kept;
}

/** A name, a text, or a few of both with their keys. */
function isShort(node: ts.Expression): boolean {
  if (!ts.isObjectLiteralExpression(node)) return ts.isStringLiteralLike(node) || isChain(node);
  const { properties } = node;
  return properties.length <= 4 && properties.every((property) => shortValue(property));
}

function shortValue(
  property: ts.ObjectLiteralElementLike,
  isMore: (value: ts.Expression) => boolean = () => false,
): ts.Expression | undefined {
  if (ts.isShorthandPropertyAssignment(property)) return property.name;
  if (!ts.isPropertyAssignment(property)) return undefined;
  const { initializer } = property;
  const isOwn = ts.isStringLiteralLike(initializer) || isChain(initializer);
  return isOwn || isMore(initializer) ? initializer : undefined;
}

/** `config.get('QUEUE_URL')`. */
const isShortCall = (value: ts.Expression): boolean =>
  ts.isCallExpression(value) &&
  isChain(value.expression) &&
  value.arguments.length > 0 &&
  value.arguments.every((argument) => ts.isStringLiteralLike(argument) || isChain(argument));

/** `this.prisma.user`, `client`. */
function isChain(node: ts.Expression): boolean {
  let start = node;
  while (ts.isPropertyAccessExpression(start)) start = start.expression;
  return ts.isIdentifier(start) || start.kind === ts.SyntaxKind.ThisKeyword;
}

const operators = {
  [ts.SyntaxKind.MinusToken]: '-',
  [ts.SyntaxKind.AsteriskToken]: '*',
  [ts.SyntaxKind.SlashToken]: '/',
  [ts.SyntaxKind.PercentToken]: '%',
} as const;

function readBinary(node: ts.BinaryExpression, inner: (child: ts.Node) => Expression): Expression {
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.PlusToken:
      return { kind: 'join', parts: [inner(node.left), inner(node.right)] };
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.QuestionQuestionToken:
      return { kind: 'either', options: [inner(node.left), inner(node.right)], fallback: true };
    case ts.SyntaxKind.MinusToken:
    case ts.SyntaxKind.AsteriskToken:
    case ts.SyntaxKind.SlashToken:
    case ts.SyntaxKind.PercentToken:
      return {
        kind: 'arithmetic',
        operator: operators[node.operatorToken.kind],
        left: inner(node.left),
        right: inner(node.right),
      };
    case ts.SyntaxKind.AmpersandAmpersandToken:
    case ts.SyntaxKind.CommaToken:
    case ts.SyntaxKind.EqualsToken:
    case ts.SyntaxKind.QuestionQuestionEqualsToken:
      return inner(node.right);
    default:
      return readComparison(node, inner) ?? unknownExpression;
  }
}

function readEntries(
  reading: ExtractionContext,
  node: ts.ObjectLiteralExpression,
  scope: Scope,
  budget: Budget,
): ObjectEntry[] {
  const entries: ObjectEntry[] = [];
  const inner = (child: ts.Node) => readExpression(reading, child, scope, budget);
  for (const property of node.properties) {
    if (budget.left <= 0) break;
    if (ts.isSpreadAssignment(property)) {
      entries.push(['', inner(property.expression)]);
      continue;
    }
    const key = keyText(property.name);
    if (key === undefined) continue;
    if (ts.isPropertyAssignment(property)) entries.push([key, inner(property.initializer)]);
    else if (ts.isShorthandPropertyAssignment(property)) entries.push([key, inner(property.name)]);
    else if (ts.isMethodDeclaration(property)) {
      entries.push([key, readFunctionValue(reading, property, scope, budget)]);
    } else if (ts.isGetAccessor(property)) {
      const [value = unknownExpression] = readReturns(reading, property, scope, budget).returns;
      entries.push([key, value]);
    }
  }
  return entries;
}

/** A key's text; of a computed one (`[ATTR_SERVICE_NAME]`) the name in the brackets. */
function keyText(name: ts.PropertyName): string | undefined {
  if (!ts.isComputedPropertyName(name)) return nameText(name);
  return nameText(name.expression) ?? entityText(name.expression);
}

function readName(
  reading: ExtractionContext,
  node: ts.Identifier,
  scope: Scope,
  budget: Budget,
): Expression {
  if (node.text === 'undefined') return { kind: 'literal', value: null };
  const local = scope.lookup(node.text);
  if (!local) return node.text;
  if (local.size > budget.left) return unknownExpression;
  budget.left -= local.size - 1;
  reading.left -= local.weight ?? local.size;
  return reading.left < 0 ? unknownExpression : local.expression;
}

function withTypes(
  call: Extract<Expression, { kind: 'call' | 'new' }>,
  typeNodes: readonly ts.TypeNode[] | undefined,
  scope: Scope,
): Expression {
  const types = typeNodes
    ?.map((type) => readType(type, scope))
    .filter((type): type is TypeExpression => type !== undefined);
  return types?.length ? { ...call, types } : call;
}

/** Of `x as unknown as T` the inner cast. */
function isDisguised(node: ts.Node): boolean {
  if (ts.isParenthesizedExpression(node)) return isDisguised(node.expression);
  if (!ts.isAsExpression(node)) return false;
  const { kind } = node.type;
  return kind === ts.SyntaxKind.UnknownKeyword || kind === ts.SyntaxKind.AnyKeyword;
}

function isPlainValue(expression: Expression): boolean {
  if (typeof expression !== 'object') return false;
  if (expression.kind === 'literal') return expression.value !== null;
  return ['text', 'object', 'array', 'join'].includes(expression.kind);
}

function isIdentifierText(text: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(text);
}
