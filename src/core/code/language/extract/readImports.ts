import * as ts from './compiler.ts';
import { asMember } from '../expression.ts';
import { readExpression } from './readExpression.ts';
import type { ExtractionContext } from './extractionContext.ts';
import type { Scope } from './scope.ts';
import { hasModifier, nameText } from './syntax.ts';

export function readImport(
  reading: ExtractionContext,
  node: ts.ImportDeclaration | ts.ImportEqualsDeclaration,
): void {
  if (ts.isImportEqualsDeclaration(node)) {
    if (!ts.isExternalModuleReference(node.moduleReference)) return;
    const from = nameText(node.moduleReference.expression);
    if (from !== undefined) reading.imports.push({ local: node.name.text, name: '*', from });
    return;
  }
  const from = nameText(node.moduleSpecifier);
  const clause = node.importClause;
  if (from === undefined || !clause) return;
  if (clause.name) reading.imports.push({ local: clause.name.text, name: 'default', from });
  const bindings = clause.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) {
    reading.imports.push({ local: bindings.name.text, name: '*', from });
  } else if (bindings) {
    for (const element of bindings.elements) {
      const name = (element.propertyName ?? element.name).text;
      reading.imports.push({ local: element.name.text, name, from });
    }
  }
}

/** `const { X } = require('./x')`, `const x = require('./x')`. */
export function readRequire(
  reading: ExtractionContext,
  name: ts.BindingName,
  initializer: ts.Expression,
): void {
  if (!ts.isCallExpression(initializer) || !ts.isIdentifier(initializer.expression)) return;
  if (initializer.expression.text !== 'require') return;
  const from = nameText(initializer.arguments[0]);
  if (from === undefined) return;
  if (ts.isIdentifier(name)) {
    reading.imports.push({ local: name.text, name: '*', from });
  } else if (ts.isObjectBindingPattern(name)) {
    for (const element of name.elements) {
      const key = nameText(element.propertyName ?? element.name);
      if (key === undefined || !ts.isIdentifier(element.name)) continue;
      reading.imports.push({ local: element.name.text, name: key, from });
    }
  }
}

/** Records what a statement exports, ECMAScript's and CommonJS's way. */
export function readExport(
  reading: ExtractionContext,
  statement: ts.Statement,
  scope: Scope,
): void {
  if (ts.isExportDeclaration(statement)) {
    readExportList(reading, statement);
  } else if (ts.isExportAssignment(statement)) {
    exportExpression(
      reading,
      statement.isExportEquals ? '*' : 'default',
      statement.expression,
      scope,
    );
  } else if (ts.isExpressionStatement(statement)) {
    readCommonJsExport(reading, statement.expression, scope);
  } else if (hasModifier(statement, ts.SyntaxKind.ExportKeyword)) {
    const isDefault = hasModifier(statement, ts.SyntaxKind.DefaultKeyword);
    for (const local of declaredNames(statement)) {
      reading.exports.push({ name: isDefault ? 'default' : local, local });
    }
  }
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name)
        ? [name.text]
        : name.elements.flatMap((element) =>
            ts.isBindingElement(element) ? (nameText(element.name) ?? []) : [],
          ),
    );
  }
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
    return [statement.name?.text ?? 'default'];
  }
  return ts.isEnumDeclaration(statement) ||
    (ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name)) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
    ? [statement.name.text]
    : [];
}

function readExportList(reading: ExtractionContext, node: ts.ExportDeclaration): void {
  const from = nameText(node.moduleSpecifier);
  const source = from === undefined ? {} : { from };
  const clause = node.exportClause;
  if (!clause) reading.exports.push({ name: '*', local: '*', ...source });
  else if (ts.isNamespaceExport(clause)) {
    reading.exports.push({ name: clause.name.text, local: '*', ...source });
  } else {
    for (const element of clause.elements) {
      const local = (element.propertyName ?? element.name).text;
      reading.exports.push({ name: element.name.text, local, ...source });
    }
  }
}

/** Exports an expression: a name as it is, anything else as a value of its own. */
function exportExpression(
  reading: ExtractionContext,
  name: string,
  node: ts.Expression,
  scope: Scope,
): void {
  if (ts.isIdentifier(node)) {
    reading.exports.push({ name, local: node.text });
    return;
  }
  const local = `export ${name}`;
  reading.values.push({ name: local, value: readExpression(reading, node, scope) });
  reading.exports.push({ name, local });
}

/** `exports.x = …`, `module.exports.x = …`, `module.exports = …` and `module.exports = { a, b }`. */
function readCommonJsExport(reading: ExtractionContext, node: ts.Expression, scope: Scope): void {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return;
  const target = readExpression(reading, node.left, scope);
  if (target === 'module.exports') {
    if (ts.isObjectLiteralExpression(node.right)) {
      for (const property of node.right.properties) {
        const name = nameText(property.name);
        if (name === undefined) continue;
        const value = ts.isPropertyAssignment(property) ? property.initializer : property.name;
        if (value && ts.isExpression(value)) exportExpression(reading, name, value, scope);
      }
    } else {
      exportExpression(reading, '*', node.right, scope);
    }
    return;
  }
  const member = asMember(target);
  if (member && (member.of === 'exports' || member.of === 'module.exports')) {
    exportExpression(reading, member.name, node.right, scope);
  }
}
