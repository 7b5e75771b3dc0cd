import * as ts from './compiler.ts';
import type { TypeExpression, TypeMember } from '../expression.ts';
import type { Scope } from './scope.ts';
import { entityText, nameText } from './syntax.ts';

/** A type annotation reduced to names; undefined for what linking has no use for (literals, mapped types…). */
export function readType(
  node: ts.TypeNode | undefined,
  scope: Scope,
  depth = 0,
): TypeExpression | undefined {
  if (!node || depth > 6) return undefined;
  const inner = (child: ts.TypeNode | undefined) => readType(child, scope, depth + 1);
  if (ts.isTypeReferenceNode(node)) {
    const name = entityText(node.typeName);
    if (name === undefined) return undefined;
    const constraint = scope.lookupType(name)?.constraint;
    if (constraint) return { name, extends: constraint };
    return withArguments(name, node.typeArguments?.map(inner));
  }
  if (ts.isExpressionWithTypeArguments(node)) {
    const name = entityText(node.expression);
    return name === undefined ? undefined : withArguments(name, node.typeArguments?.map(inner));
  }
  if (ts.isParenthesizedTypeNode(node)) return inner(node.type);
  if (ts.isUnionTypeNode(node)) return group('|', node.types.map(inner));
  if (ts.isIntersectionTypeNode(node)) return group('&', node.types.map(inner));
  if (ts.isTypeQueryNode(node)) {
    const name = entityText(node.exprName);
    return name === undefined ? undefined : { name: `typeof ${name}` };
  }
  if (ts.isIndexedAccessTypeNode(node)) return readIndexed(node, inner);
  if (ts.isArrayTypeNode(node)) return withArguments('Array', [inner(node.elementType)]);
  if (ts.isTypeOperatorNode(node)) {
    return node.operator === ts.SyntaxKind.ReadonlyKeyword ? inner(node.type) : undefined;
  }
  if (ts.isFunctionTypeNode(node) || ts.isConstructorTypeNode(node)) {
    return readSignature(node, scope, depth);
  }
  if (ts.isConditionalTypeNode(node)) return readConditional(node, inner);
  if (ts.isTypeLiteralNode(node)) {
    const [first] = node.members;
    if (first && ts.isIndexSignatureDeclaration(first)) {
      return withArguments('Record', [{ name: '?' }, inner(first.type)]);
    }
    const members = readMembers(node.members, scope, depth + 1);
    return members.length > 0 ? { name: '{}', members } : undefined;
  }
  return undefined;
}

/** Properties and methods of an interface or a type literal, as far as their types are of use. */
export function readMembers(
  members: ts.NodeArray<ts.TypeElement>,
  scope: Scope,
  depth = 0,
): TypeMember[] {
  return members.flatMap((member) => {
    const name = nameText(member.name);
    const type = ts.isPropertySignature(member)
      ? readType(member.type, scope, depth)
      : ts.isMethodSignature(member)
        ? readSignature(member, scope, depth)
        : undefined;
    return name !== undefined && type ? [{ name, type }] : [];
  });
}

/** Declares the type parameters of a function, a class or an alias. */
export function declareTypeParameters(
  parameters: ts.NodeArray<ts.TypeParameterDeclaration> | undefined,
  scope: Scope,
): void {
  for (const { name, constraint } of parameters ?? []) {
    scope.declareType(name.text, readType(constraint, scope));
  }
}

function readSignature(
  node: ts.FunctionTypeNode | ts.ConstructorTypeNode | ts.MethodSignature,
  scope: Scope,
  depth: number,
): TypeExpression {
  const inner = (child: ts.TypeNode | undefined) => readType(child, scope, depth + 1);
  const args = node.parameters.map((p) => inner(p.type) ?? { name: '?' });
  const returns = inner(node.type);
  return { name: '=>', args, ...(returns && { returns }) };
}

/** `F extends (client: infer C) => … ? C : never` is what F takes; of others either arm. */
function readConditional(
  { checkType, extendsType, trueType, falseType }: ts.ConditionalTypeNode,
  inner: (child: ts.TypeNode) => TypeExpression | undefined,
): TypeExpression | undefined {
  const name = ts.isTypeReferenceNode(trueType) ? entityText(trueType.typeName) : undefined;
  const taken = ts.isFunctionTypeNode(extendsType) ? extendsType.parameters : [];
  const index = taken.findIndex(
    ({ type }) => type && ts.isInferTypeNode(type) && type.typeParameter.name.text === name,
  );
  if (index < 0) return group('|', [inner(trueType), inner(falseType)]);
  const of = inner(checkType);
  return of && { name: '[]', args: [{ name: 'Parameters', args: [of] }, { name: `"${index}"` }] };
}

function readIndexed(
  node: ts.IndexedAccessTypeNode,
  inner: (child: ts.TypeNode) => TypeExpression | undefined,
): TypeExpression | undefined {
  const of = inner(node.objectType);
  const index = ts.isLiteralTypeNode(node.indexType) ? nameText(node.indexType.literal) : undefined;
  const name = index === undefined ? '?' : `"${index}"`;
  return of && { name: '[]', args: [of, { name }] };
}

function withArguments(
  name: string,
  args: readonly (TypeExpression | undefined)[] | undefined,
): TypeExpression {
  return args?.length ? { name, args: args.map((arg) => arg ?? { name: '?' }) } : { name };
}

function group(
  name: string,
  options: readonly (TypeExpression | undefined)[],
): TypeExpression | undefined {
  const known = options.filter((option) => option !== undefined);
  return known.length > 1 ? { name, args: known } : known[0];
}
