import ts from 'typescript';
import { stubPath } from './prismaStub.ts';
import type { Told } from './told.ts';

/** A call as the type checker reads it. */
export interface CheckedCall {
  /** Of the called name, both from 1. */
  readonly line: number;
  readonly column: number;
  readonly text: string;
  /** What it is called on. */
  readonly receiver: readonly Told[];
}

/** Calls of members in a file. */
export function checkedCalls(program: ts.Program, path: string): readonly CheckedCall[] {
  const file = program.getSourceFile(path);
  if (!file) return [];
  const checker = program.getTypeChecker();
  const calls: CheckedCall[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { name, expression: on } = node.expression;
      const { line, character } = file.getLineAndCharacterOfPosition(name.getStart(file));
      calls.push({
        line: line + 1,
        column: character + 1,
        text: node.expression.getText(file).replace(/\s+/g, ' '),
        receiver: toldOf(checker.getTypeAtLocation(on), checker),
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return calls;
}

/** What each part of a union is; a type parameter is what it extends. */
function toldOf(type: ts.Type, checker: ts.TypeChecker): readonly Told[] {
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return [{ kind: 'unknown' }];
  if (type.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.Void)) return [];
  if (type.isUnion()) return type.types.flatMap((one) => toldOf(one, checker));
  if (type.flags & ts.TypeFlags.TypeParameter) {
    const constraint = checker.getBaseConstraintOfType(type);
    return constraint && constraint !== type ? toldOf(constraint, checker) : [{ kind: 'unknown' }];
  }
  if (type.isIntersection()) {
    const parts = type.types.flatMap((one) => toldOf(one, checker));
    const told = parts.filter(({ kind }) => kind !== 'language' && kind !== 'unknown');
    return told.length > 0 ? told : parts.slice(0, 1);
  }
  return [ofSymbol(type.aliasSymbol ?? type.getSymbol(), type)];
}

function ofSymbol(symbol: ts.Symbol | undefined, type: ts.Type): Told {
  const declaration = (type.getSymbol() ?? symbol)?.declarations?.[0];
  if (!declaration || !symbol) return { kind: 'language' };
  const path = declaration.getSourceFile().fileName;
  const { name } = type.getSymbol() ?? symbol;
  if (path === stubPath) return ofPrisma(name);
  const inPackage = /^.*\/node_modules\/(?:@types\/)?((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
  if (inPackage === 'typescript' || inPackage === 'node') return { kind: 'language' };
  if (inPackage !== undefined) return { kind: 'package', module: inPackage };
  return { kind: 'workspace', path, name };
}

function ofPrisma(name: string): Told {
  const model = /^(\w+)Delegate$/.exec(name)?.[1];
  return model === undefined
    ? { kind: 'client' }
    : { kind: 'model', name: model.slice(0, 1).toLowerCase() + model.slice(1) };
}
