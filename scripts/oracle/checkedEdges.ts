import ts from 'typescript';
import { stubPath } from './prismaStub.ts';

/** A place of a name, lines and columns from 1. */
export interface NamePlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** A call of a method or function of the workspace. */
export interface CheckedEdge {
  /** Of the method that calls. */
  readonly from: NamePlace;
  readonly to: NamePlace;
  readonly name: string;
  /** Of an interface or abstract: what runs is another one. */
  readonly isAbstract: boolean;
  readonly line: number;
  readonly text: string;
}

export const placeKey = ({ path, line, column }: NamePlace): string => `${path}:${line}:${column}`;

/**
 * Calls in a file whose callee the checker knows, and that is a method or function of the workspace. A function within
 * a method is a part of it, and decorators run when the file is loaded.
 * @param methods the names of all methods and functions, by `placeKey`
 */
export function checkedEdges(
  program: ts.Program,
  path: string,
  methods: ReadonlySet<string>,
): readonly CheckedEdge[] {
  const file = program.getSourceFile(path);
  if (!file) return [];
  const checker = program.getTypeChecker();
  const edges: CheckedEdge[] = [];
  const visit = (node: ts.Node, around: NamePlace | undefined): void => {
    const name = nameOf(node);
    const own = name && placeOf(name);
    const from = own && methods.has(placeKey(own)) ? own : around;
    if (ts.isDecorator(node)) return;
    if (ts.isCallExpression(node) && from) {
      const declaration = checker.getResolvedSignature(node)?.declaration;
      const edge = declaration && edgeTo(declaration);
      const { line } = placeOf(node.expression);
      const text = node.expression.getText(file).replace(/\s+/g, ' ');
      if (edge && (edge.isAbstract || methods.has(placeKey(edge.to))))
        edges.push({ from, ...edge, line, text });
    }
    ts.forEachChild(node, (child) => visit(child, from));
  };
  visit(file, undefined);
  return edges;
}

function edgeTo(declaration: ts.Node): Pick<CheckedEdge, 'to' | 'name' | 'isAbstract'> | undefined {
  const path = declaration.getSourceFile().fileName;
  const name = nameOf(declaration);
  if (!name || path === stubPath || path.includes('/node_modules/')) return undefined;
  const isAbstract = !('body' in declaration && declaration.body);
  return { to: placeOf(name), name: name.getText(), isAbstract };
}

/** The name of a method or function, or of the property or constant that holds it. */
function nameOf(node: ts.Node): ts.Node | undefined {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) {
    const { parent } = node;
    return ts.isPropertyDeclaration(parent) || ts.isVariableDeclaration(parent)
      ? parent.name
      : undefined;
  }
  return ts.isFunctionDeclaration(node) || ts.isMethodSignature(node) || ts.isClassElement(node)
    ? node.name
    : undefined;
}

function placeOf(node: ts.Node): NamePlace {
  const file = node.getSourceFile();
  const { line, character } = file.getLineAndCharacterOfPosition(node.getStart(file));
  return { path: file.fileName, line: line + 1, column: character + 1 };
}
