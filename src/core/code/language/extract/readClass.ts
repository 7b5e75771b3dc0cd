import * as ts from './compiler.ts';
import type { PropertyFact } from '../facts.ts';
import { declareParameters } from './declareNames.ts';
import { readExpression } from './readExpression.ts';
import { classIndex } from './classIndex.ts';
import { readSized } from './readSized.ts';
import { narrowBudget } from './budget.ts';
import { readDecorators } from './readDecorators.ts';
import { readInjected } from './readInjected.ts';
import { addMethod } from './readMethod.ts';
import { declareTypeParameters, readType } from './readType.ts';
import type { ExtractionContext } from './extractionContext.ts';
import { Scope } from './scope.ts';
import {
  computedText,
  entityText,
  hasModifier,
  lastLineOf,
  nameText,
  positionOf,
} from './syntax.ts';
import type { Place } from './place.ts';
import { walkDecorators } from './walkDecorators.ts';

type ClassDraft = ExtractionContext['classes'][number] & {
  properties: PropertyFact[];
  methods: number[];
};

/** Reads a class and walks its members; returns its index. */
export function readClass(
  reading: ExtractionContext,
  node: ts.ClassLikeDeclaration,
  place: Place,
): number {
  const index = classIndex(reading, node);
  const draft: ClassDraft = {
    name: node.name?.text ?? '',
    line: positionOf(reading, node.name ?? node).line,
    decorators: readDecorators(reading, node, place.scope),
    properties: [],
    methods: [],
    ...(hasModifier(node, ts.SyntaxKind.AbstractKeyword) && { abstract: true }),
    ...(place.method !== undefined && { within: place.method }),
    ...(node.typeParameters && { typeParameters: node.typeParameters.map((p) => p.name.text) }),
  };
  reading.classes[index] = draft;
  walkDecorators(reading, node, { scope: place.scope, method: undefined, loop: undefined });
  const inside = { ...place, scope: new Scope(place.scope) };
  declareTypeParameters(node.typeParameters, inside.scope);
  readHeritage(reading, node, draft, inside);
  for (const member of node.members) readMember(reading, member, index, draft, inside);
  return index;
}

function readHeritage(
  reading: ExtractionContext,
  node: ts.ClassLikeDeclaration,
  draft: ClassDraft,
  place: Place,
): void {
  for (const clause of node.heritageClauses ?? []) {
    const [first] = clause.types;
    if (clause.token === ts.SyntaxKind.ImplementsKeyword) {
      draft.implements = clause.types.flatMap((type) => entityText(type.expression) ?? []);
    } else if (first) {
      draft.extends = readExpression(reading, first.expression, place.scope);
      reading.walk(reading, first.expression, place);
      const types = first.typeArguments?.map(
        (type) => readType(type, place.scope) ?? { name: '?' },
      );
      if (types?.length) draft.extendsTypes = types;
    }
  }
}

function readMember(
  reading: ExtractionContext,
  member: ts.ClassElement,
  index: number,
  draft: ClassDraft,
  place: Place,
): void {
  const inside = { scope: place.scope, method: undefined, loop: undefined };
  if (ts.isConstructorDeclaration(member)) {
    if (member.body) readConstructor(reading, member, index, draft, inside);
    return;
  }
  const name = nameText(member.name) ?? computedText(reading, member.name);
  if (ts.isMethodDeclaration(member) || ts.isGetAccessor(member)) {
    const isOverload = !member.body && !hasModifier(member, ts.SyntaxKind.AbstractKeyword);
    if (name === undefined || isOverload) return;
    const kind = ts.isGetAccessor(member) ? 'getter' : 'method';
    const parts = { name, nameNode: member.name, holder: member, kind, class: index } as const;
    draft.methods.push(addMethod(reading, member, parts, inside));
  } else if (ts.isPropertyDeclaration(member)) {
    if (name !== undefined) readProperty(reading, member, name, index, draft, inside);
  } else if (ts.isSetAccessor(member)) {
    // Not a member that anything is looked up in: the getter has its name.
    if (name === undefined) return;
    const parts = { name, nameNode: member.name, holder: member, kind: 'method' } as const;
    addMethod(reading, member, { ...parts, class: index }, inside);
  } else if (ts.isClassStaticBlockDeclaration(member)) {
    reading.walk(reading, member, inside);
  }
}

function readProperty(
  reading: ExtractionContext,
  member: ts.PropertyDeclaration,
  name: string,
  index: number,
  draft: ClassDraft,
  place: Place,
): void {
  const { initializer } = member;
  walkDecorators(reading, member, place);
  const isStatic = hasModifier(member, ts.SyntaxKind.StaticKeyword);
  if (initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))) {
    const parts = {
      name,
      nameNode: member.name,
      holder: member,
      kind: 'property',
      class: index,
    } as const;
    draft.methods.push(addMethod(reading, initializer, parts, place));
    return;
  }
  draft.properties.push({
    ...describeProperty(reading, member, name, place.scope),
    ...(initializer && { value: readSized(reading, initializer, place.scope, 200).expression }),
    ...(isStatic && { static: true }),
  });
  if (!initializer) return;
  if (isStatic || !holdsFunctions(initializer)) reading.walk(reading, initializer, place);
  else draft.methods.push(addHolder(reading, member, initializer, name, index, place));
}

/** `new DataLoader((ids) => …)`, `{ a: () => … }`, `debounce(() => …)`. */
function holdsFunctions(node: ts.Expression, depth = 0): boolean {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return true;
  if (depth > 2) return false;
  const inner = (child: ts.Expression) => holdsFunctions(child, depth + 1);
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    return (node.arguments ?? []).some(inner);
  }
  if (ts.isArrayLiteralExpression(node)) return node.elements.some(inner);
  if (!ts.isObjectLiteralExpression(node)) return false;
  return node.properties.some((property) =>
    ts.isPropertyAssignment(property)
      ? inner(property.initializer)
      : ts.isMethodDeclaration(property),
  );
}

/** What the functions in a property's value call, they call for whoever uses the property. */
function addHolder(
  reading: ExtractionContext,
  member: ts.PropertyDeclaration,
  initializer: ts.Expression,
  name: string,
  index: number,
  { scope }: Place,
): number {
  const method = reading.methods.length;
  reading.methods.push({
    name,
    class: index,
    ...positionOf(reading, member.name),
    firstLine: positionOf(reading, member).line,
    lastLine: lastLineOf(reading, member),
    kind: 'property',
  });
  reading.walk(reading, initializer, { scope, method, loop: undefined });
  return method;
}

function describeProperty(
  reading: ExtractionContext,
  node: ts.PropertyDeclaration | ts.ParameterDeclaration,
  name: string,
  scope: Scope,
): PropertyFact {
  const type = readType(node.type, scope);
  const inject = readDecorators(reading, node, scope).find(
    (decorator) => decorator.name === 'Inject' || decorator.name === 'InjectTransactionHost',
  );
  const token = inject?.args?.[0];
  const injected = readInjected(reading, node, scope);
  return {
    name,
    ...(type && { type }),
    ...(token !== undefined && { token }),
    ...(injected !== undefined && { injected }),
  };
}

function readConstructor(
  reading: ExtractionContext,
  node: ts.ConstructorDeclaration,
  index: number,
  draft: ClassDraft,
  place: Place,
): void {
  node.parameters.forEach((parameter, position) => {
    const name = nameText(parameter.name);
    if (name === undefined || !ts.canHaveModifiers(parameter)) return;
    const isProperty = parameter.modifiers?.some((modifier) => ts.isModifier(modifier));
    if (!isProperty) return;
    const { initializer } = parameter;
    draft.properties.push({
      ...describeProperty(reading, parameter, name, place.scope),
      ...(initializer && {
        value: readSized(reading, initializer, place.scope, narrowBudget).expression,
      }),
      parameter: position,
    });
  });
  const scope = new Scope(place.scope);
  declareParameters(reading, node, scope);
  for (const statement of node.body?.statements ?? []) {
    if (ts.isExpressionStatement(statement))
      readAssignment(reading, statement.expression, scope, draft);
  }
  const nameNode = node.getFirstToken(reading.file) ?? node;
  const parts = {
    name: 'constructor',
    nameNode,
    holder: node,
    kind: 'method',
    class: index,
  } as const;
  draft.methods.push(addMethod(reading, node, parts, place));
}

/** `this.x = …` and `super(…)`. */
function readAssignment(
  reading: ExtractionContext,
  node: ts.Expression,
  scope: Scope,
  draft: ClassDraft,
): void {
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword) {
    draft.superArguments = node.arguments.map(
      (argument) => readSized(reading, argument, scope, narrowBudget).expression,
    );
    return;
  }
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return;
  const { left } = node;
  if (!ts.isPropertyAccessExpression(left) || left.expression.kind !== ts.SyntaxKind.ThisKeyword)
    return;
  const known = draft.properties.findIndex((property) => property.name === left.name.text);
  const value = readSized(reading, node.right, scope, narrowBudget).expression;
  const old = draft.properties[known];
  if (!old) draft.properties.push({ name: left.name.text, value });
  else if (old.value === undefined) draft.properties[known] = { ...old, value };
}
