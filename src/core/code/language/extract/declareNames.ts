import * as ts from './compiler.ts';
import { memberOf, unknownExpression, type Expression } from '../expression.ts';
import type { ParameterFact } from '../facts.ts';
import { readInjected } from './readInjected.ts';
import { readSized } from './readSized.ts';
import { middleBudget, narrowBudget } from './budget.ts';
import { declareTypeParameters, readType } from './readType.ts';
import type { ExtractionContext } from './extractionContext.ts';
import { countNodes, type Scope, type SizedExpression } from './scope.ts';
import { nameText } from './syntax.ts';

/** A parameter of a function given to a call stands for `argument` of that call. */
export interface CallbackPlace {
  readonly callee: () => SizedExpression;
}

/** Declares the names of a function's parameters; `place` says whose callback it is. */
export function declareParameters(
  reading: ExtractionContext,
  node: ts.SignatureDeclaration,
  scope: Scope,
  place?: CallbackPlace,
): void {
  declareTypeParameters(node.typeParameters, scope);
  node.parameters.forEach((parameter, index) => {
    declarePattern(reading, parameter.name, scope, () => {
      const name = parameterName(parameter);
      const type = readType(parameter.type, scope);
      if (place && !type) {
        const callee = place.callee();
        return {
          expression: { kind: 'argument', name, callee: callee.expression, index },
          size: callee.size + 1,
        };
      }
      const expression = {
        kind: 'parameter',
        ...readParameter(reading, parameter, scope),
      } as const;
      return { expression, size: 3, weight: countNodes(expression) };
    });
  });
}

/** Its name; its place in the text, `{120}`, for one that is taken apart. */
export function parameterName(parameter: ts.ParameterDeclaration): string {
  return nameText(parameter.name) ?? `{${parameter.pos}}`;
}

export function readParameter(
  reading: ExtractionContext,
  parameter: ts.ParameterDeclaration,
  scope: Scope,
): ParameterFact {
  const type = readType(parameter.type, scope);
  const initial =
    parameter.initializer && readSized(reading, parameter.initializer, scope, 20).expression;
  const injected = readInjected(reading, parameter, scope);
  return {
    name: parameterName(parameter),
    ...(parameter.dotDotDotToken && { rest: true }),
    ...(type && { type }),
    ...(initial !== undefined && { initial }),
    ...(injected !== undefined && { injected }),
  };
}

/** Declares local variables with what they are set to; `whole`: with all arguments of calls in it. */
export function declareVariables(
  reading: ExtractionContext,
  list: ts.VariableDeclarationList,
  scope: Scope,
  whole = false,
): void {
  for (const declaration of list.declarations) {
    const { initializer } = declaration;
    const type = readType(declaration.type, scope);
    if (!initializer && !type) {
      declarePattern(reading, declaration.name, scope, undefined);
      continue;
    }
    declarePattern(reading, declaration.name, scope, () => {
      const value = initializer
        ? readSized(reading, initializer, scope, whole ? middleBudget : narrowBudget, !whole)
        : { expression: unknownExpression, size: 1 };
      return type && !isText(value.expression)
        ? { expression: { kind: 'typed', of: value.expression, type }, size: value.size + 1 }
        : value;
    });
  }
}

/** Declares the variable of a `for … of`: an element of what is gone through. */
export function declareElement(
  reading: ExtractionContext,
  node: ts.ForOfStatement,
  scope: Scope,
): void {
  const [variable] = ts.isVariableDeclarationList(node.initializer)
    ? node.initializer.declarations
    : [];
  if (!variable) return;
  declarePattern(reading, variable.name, scope, () => {
    const { expression, size } = readSized(reading, node.expression, scope, narrowBudget, true);
    const element = { kind: 'element', of: expression, index: unknownExpression } as const;
    return { expression: element, size: size + 2 };
  });
}

const numberOf = (value: number): Expression => ({ kind: 'literal', value });

const itemOf = (of: Expression, position: number): Expression => ({
  kind: 'element',
  of,
  index: numberOf(position),
});

function isText(expression: Expression): boolean {
  return (
    typeof expression === 'object' && (expression.kind === 'text' || expression.kind === 'join')
  );
}

/** Declares each name of a pattern as the member of the value that it takes; what is left over as the whole. */
function declarePattern(
  reading: ExtractionContext,
  pattern: ts.BindingName,
  scope: Scope,
  read: (() => SizedExpression) | undefined,
): void {
  if (ts.isIdentifier(pattern)) {
    scope.declare(pattern.text, read);
    return;
  }
  for (const [position, element] of pattern.elements.entries()) {
    if (ts.isOmittedExpression(element)) continue;
    const key = nameText(element.propertyName ?? element.name);
    const isObject = ts.isObjectBindingPattern(pattern);
    const { dotDotDotToken, initializer } = element;
    declarePattern(
      reading,
      element.name,
      scope,
      read &&
        (() => {
          if (isObject && key === undefined) return { expression: unknownExpression, size: 1 };
          const { expression, size } = read();
          if (dotDotDotToken) {
            return {
              expression: isObject ? expression : sliceOf(expression, position),
              size: size + 3,
            };
          }
          const member =
            isObject && key !== undefined
              ? memberOf(expression, key)
              : itemOf(expression, position);
          if (!initializer) return { expression: member, size: size + 1 };
          const initial = readSized(reading, initializer, scope, narrowBudget);
          return {
            expression: { kind: 'either', options: [member, initial.expression], fallback: true },
            size: size + initial.size + 2,
          };
        }),
    );
  }
}

/** What is left of a list from an element on. */
function sliceOf(list: Expression, start: number): Expression {
  return { kind: 'call', callee: memberOf(list, 'slice'), args: [numberOf(start)] };
}
