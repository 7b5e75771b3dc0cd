import * as ts from './compiler.ts';
import type { Expression, ObjectEntry } from '../expression.ts';
import { readEnum } from './readEnum.ts';
import { classIndex } from './classIndex.ts';
import { readSized } from './readSized.ts';
import { readFunctionValue } from './readFunctionValue.ts';
import type { ExtractionContext } from './extractionContext.ts';
import { countNodes, Scope } from './scope.ts';

/** Enough for a path or a few options; a namespace may hold schemas, which are of no use. */
const memberBudget = 120;
/** What a member counts for where it is used, as only a part of it is. */
const partSize = 20;

/** `namespace Orders { export const path = 'orders'; }` as an object of what it declares. */
export function readNamespace(
  reading: ExtractionContext,
  node: ts.ModuleDeclaration,
  outer: Scope,
): Expression {
  const entries: ObjectEntry[] = [];
  const { body } = node;
  if (body && ts.isModuleDeclaration(body) && ts.isIdentifier(body.name)) {
    entries.push([body.name.text, readNamespace(reading, body, outer)]);
  }
  if (!body || !ts.isModuleBlock(body)) return { kind: 'object', entries };
  const scope = new Scope(outer);
  const add = (name: string, expression: Expression, size?: number) => {
    entries.push([name, expression]);
    const weight = size ?? countNodes(expression);
    scope.declare(name, () => ({ expression, size: Math.max(size ?? 0, partSize), weight }));
  };
  for (const statement of body.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (!initializer || !ts.isIdentifier(name)) continue;
        const { expression, size } = readSized(reading, initializer, scope, memberBudget);
        add(name.text, expression, size);
      }
    } else if (ts.isEnumDeclaration(statement)) {
      add(statement.name.text, readEnum(reading, statement, scope));
    } else if (ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name)) {
      add(statement.name.text, readNamespace(reading, statement, scope));
    } else if (ts.isClassDeclaration(statement) && statement.name) {
      add(statement.name.text, { kind: 'class', index: classIndex(reading, statement) });
    } else if (ts.isFunctionDeclaration(statement) && statement.name) {
      add(
        statement.name.text,
        readFunctionValue(reading, statement, scope, { left: memberBudget }),
      );
    }
  }
  return { kind: 'object', entries };
}
