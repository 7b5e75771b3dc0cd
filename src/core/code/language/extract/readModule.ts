import * as ts from './compiler.ts';
import type { Expression } from '../expression.ts';
import { isMetadataImport } from './readDecorators.ts';
import { readEnum } from './readEnum.ts';
import { readExpression } from './readExpression.ts';
import { addFunction, addMethod } from './readMethod.ts';
import { readNamespace } from './readNamespace.ts';
import { readImport, readExport, readRequire } from './readImports.ts';
import { declareTypeParameters, readMembers, readType } from './readType.ts';
import { recordProvider } from './recordCalls.ts';
import type { ExtractionContext } from './extractionContext.ts';
import { Scope } from './scope.ts';
import { computedText, entityText, nameText } from './syntax.ts';
import { walk } from './walk.ts';
import type { Place } from './place.ts';

/** Reads a whole file: first the names it declares, then what they are. */
export function readModule(reading: ExtractionContext): void {
  const { statements } = reading.file;
  for (const statement of statements) readNames(reading, statement);
  for (const imported of reading.imports) {
    reading.moduleNames.add(imported.local);
    if (isMetadataImport(imported)) reading.metadataNames.add(imported.local);
  }
  const place: Place = { scope: new Scope(), method: undefined, loop: undefined };
  for (const statement of statements) readStatement(reading, statement, place);
}

function readNames(reading: ExtractionContext, statement: ts.Statement): void {
  if (ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement)) {
    readImport(reading, statement);
  } else if (ts.isVariableStatement(statement)) {
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (initializer) readRequire(reading, name, initializer);
      if (ts.isIdentifier(name)) reading.moduleNames.add(name.text);
    }
  } else if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isModuleDeclaration(statement)
  ) {
    if (statement.name) reading.moduleNames.add(statement.name.text);
  }
}

function readStatement(reading: ExtractionContext, statement: ts.Statement, place: Place): void {
  readExport(reading, statement, place.scope);
  if (ts.isVariableStatement(statement)) {
    for (const declaration of statement.declarationList.declarations) {
      readValue(reading, declaration, place);
    }
  } else if (ts.isEnumDeclaration(statement)) {
    reading.values.push({
      name: statement.name.text,
      value: readEnum(reading, statement, place.scope),
    });
  } else if (ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name)) {
    const value = readNamespace(reading, statement, place.scope);
    reading.values.push({ name: statement.name.text, value });
    walk(reading, statement, place);
  } else if (ts.isTypeAliasDeclaration(statement)) {
    const { name, type: node, typeParameters } = statement;
    const scope = new Scope(place.scope);
    declareTypeParameters(typeParameters, scope);
    const isLiteral = ts.isTypeLiteralNode(node);
    const type = isLiteral ? undefined : readType(node, scope);
    const members = isLiteral && readMembers(node.members, scope);
    reading.types.push({ name: name.text, ...(type && { type }), ...(members && { members }) });
  } else if (ts.isInterfaceDeclaration(statement)) {
    const bases = statement.heritageClauses?.flatMap((clause) =>
      clause.types.flatMap((type) => entityText(type.expression) ?? []),
    );
    const scope = new Scope(place.scope);
    declareTypeParameters(statement.typeParameters, scope);
    const members = readMembers(statement.members, scope);
    reading.types.push({ name: statement.name.text, ...(bases && { extends: bases }), members });
  } else if (ts.isFunctionDeclaration(statement) && !statement.name) {
    addFunction(reading, 'default', statement, statement, statement);
  } else {
    walk(reading, statement, place);
  }
}

function readValue(
  reading: ExtractionContext,
  declaration: ts.VariableDeclaration,
  place: Place,
): void {
  const { name, initializer } = declaration;
  const type = readType(declaration.type, place.scope);
  if (!ts.isIdentifier(name)) {
    readDestructured(reading, declaration, place);
    if (initializer) walk(reading, initializer, place);
    return;
  }
  if (initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))) {
    addFunction(reading, name.text, initializer, declaration, name);
    return;
  }
  const value: Expression = initializer
    ? readExpression(reading, initializer, place.scope)
    : { kind: 'unknown' };
  if (initializer || type) {
    reading.values.push({
      name: name.text,
      value: type && !isData(value) ? { kind: 'typed', of: value, type } : value,
    });
  }
  if (initializer) walkValue(reading, name, declaration, initializer, place);
}

function isData(value: Expression): boolean {
  return (
    typeof value === 'object' && ['text', 'join', 'object', 'array', 'literal'].includes(value.kind)
  );
}

/** `const remove = wrap(async () => …)`: the function inside is what the name calls. */
function walkValue(
  reading: ExtractionContext,
  name: ts.Identifier,
  declaration: ts.VariableDeclaration,
  initializer: ts.Expression,
  place: Place,
): void {
  const wrapped =
    ts.isCallExpression(initializer) &&
    initializer.arguments.find((arg) => ts.isArrowFunction(arg) || ts.isFunctionExpression(arg));
  if (!wrapped) {
    const object = withoutTypes(initializer);
    if (ts.isObjectLiteralExpression(object)) walkObject(reading, name.text, object, place);
    else walk(reading, initializer, place);
    return;
  }
  const parts = { name: name.text, nameNode: name, holder: declaration, kind: 'function' } as const;
  const method = addMethod(reading, wrapped, parts, place);
  for (const argument of initializer.arguments) {
    if (argument !== wrapped) walk(reading, argument, { ...place, method });
  }
}

function withoutTypes(node: ts.Expression): ts.Expression {
  let value = node;
  while (ts.isAsExpression(value) || ts.isSatisfiesExpression(value)) value = value.expression;
  return value;
}

/** `const users = { list() {…}, find: () => … }`: functions by their keys. */
function walkObject(
  reading: ExtractionContext,
  object: string,
  node: ts.ObjectLiteralExpression,
  place: Place,
): void {
  recordProvider(reading, node, place);
  for (const property of node.properties) {
    const body = ts.isPropertyAssignment(property) ? property.initializer : property;
    const isFunction =
      ts.isMethodDeclaration(body) || ts.isArrowFunction(body) || ts.isFunctionExpression(body);
    const name = nameText(property.name) ?? computedText(reading, property.name);
    if (!isFunction || name === undefined) {
      walk(reading, property, place);
      continue;
    }
    const nameNode = property.name ?? property;
    const parts = { name, nameNode, holder: property, kind: 'function', object } as const;
    addMethod(reading, body, parts, place);
  }
}

function readDestructured(
  reading: ExtractionContext,
  declaration: ts.VariableDeclaration,
  place: Place,
): void {
  const { name, initializer } = declaration;
  if (!initializer || !ts.isObjectBindingPattern(name)) return;
  const of = readExpression(reading, initializer, place.scope, { left: 80 });
  for (const element of name.elements) {
    const key = nameText(element.propertyName ?? element.name);
    if (key === undefined || !ts.isIdentifier(element.name)) continue;
    reading.moduleNames.add(element.name.text);
    reading.values.push({ name: element.name.text, value: { kind: 'member', of, name: key } });
  }
}
