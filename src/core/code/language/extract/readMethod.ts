import * as ts from './compiler.ts';
import type { MethodSource } from '../facts.ts';
import { readParameter } from './declareNames.ts';
import { readDecorators } from './readDecorators.ts';
import { readExpression } from './readExpression.ts';
import { wideBudget } from './budget.ts';
import { readReturns } from './readFunctionValue.ts';
import { declareTypeParameters, readType } from './readType.ts';
import type { ExtractionContext } from './extractionContext.ts';
import { replacesMethod } from './replacesMethod.ts';
import { Scope } from './scope.ts';
import { hasModifier, lastLineOf, nameText, positionOf } from './syntax.ts';
import { inFunction, type Place } from './place.ts';
import { walkBody } from './walkBody.ts';
import { walkDecorators } from './walkDecorators.ts';

/** What a method is besides its function: `holder` is the member, with decorators and modifiers. */
interface MethodParts {
  readonly name: string;
  readonly nameNode: ts.Node;
  readonly holder: ts.Node;
  readonly kind: MethodSource['kind'];
  readonly class?: number;
  readonly object?: string;
}

/** Adds a method and walks its body. */
export function addMethod(
  reading: ExtractionContext,
  body: ts.FunctionLikeDeclaration,
  parts: MethodParts,
  place: Place,
): number {
  const isStatic = hasModifier(parts.holder, ts.SyntaxKind.StaticKeyword);
  // What an instance's method returns matters only when it is a client or a service.
  const isInstance = parts.object === '' || (parts.class !== undefined && !isStatic);
  const { returns, applies } = readReturns(
    reading,
    body,
    place.scope,
    isInstance ? { left: 40, shallow: true } : { left: wideBudget / 2 },
  );
  const scope = new Scope(place.scope);
  declareTypeParameters(body.typeParameters, scope);
  const parameters = body.parameters.map((p) => readParameter(reading, p, scope));
  const decorators = readDecorators(reading, parts.holder, place.scope);
  const type = readType(body.type, scope);
  const useful = returns.filter((value) => typeof value === 'string' || value.kind !== 'unknown');
  const { nameNode } = parts;
  const computed =
    ts.isComputedPropertyName(nameNode) && nameText(nameNode) === undefined
      ? nameNode.expression
      : undefined;
  const index = reading.methods.length;
  reading.methods.push({
    name: parts.name,
    ...(computed && { computedName: readExpression(reading, computed, place.scope) }),
    ...(parts.class !== undefined && { class: parts.class }),
    ...positionOf(reading, parts.nameNode),
    firstLine: positionOf(reading, parts.holder).line,
    lastLine: lastLineOf(reading, parts.holder),
    kind: parts.kind,
    ...(parts.object !== undefined && { object: parts.object }),
    ...(isStatic && { static: true }),
    ...(!body.body && { abstract: true }),
    ...(decorators.length > 0 && { decorators }),
    ...(parameters.length > 0 && { parameters }),
    ...(type && { type }),
    ...(useful.length > 0 && { returns: useful }),
    ...(applies.length > 0 && { applies }),
    ...(parts.kind === 'function' && replacesMethod(reading, body) && { replaces: true }),
  });
  const inside: Place = {
    scope: place.scope,
    method: index,
    loop: undefined,
    ...inFunction(parts.name, place),
  };
  walkDecorators(reading, parts.holder, inside);
  for (const parameter of body.parameters) walkDecorators(reading, parameter, inside);
  walkBody(reading, body, inside);
  return index;
}

/** Adds a function of the module; `holder` is the whole declaration. */
export function addFunction(
  reading: ExtractionContext,
  name: string,
  body: ts.FunctionLikeDeclaration,
  holder: ts.Node,
  nameNode: ts.Node,
): void {
  const place = { scope: new Scope(), method: undefined, loop: undefined };
  addMethod(reading, body, { name, nameNode, holder, kind: 'function' }, place);
}
