import ts from 'typescript';

/** One change of a source text. */
export interface Mutation {
  readonly line: number;
  /** `a < b` became `a <= b`. */
  readonly what: string;
  readonly text: string;
}

const swapped: Readonly<Partial<Record<ts.SyntaxKind, string>>> = {
  [ts.SyntaxKind.LessThanToken]: '<=',
  [ts.SyntaxKind.LessThanEqualsToken]: '<',
  [ts.SyntaxKind.GreaterThanToken]: '>=',
  [ts.SyntaxKind.GreaterThanEqualsToken]: '>',
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: '!==',
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: '===',
  [ts.SyntaxKind.PlusToken]: '-',
  [ts.SyntaxKind.MinusToken]: '+',
  [ts.SyntaxKind.AsteriskToken]: '/',
  [ts.SyntaxKind.AmpersandAmpersandToken]: '||',
  [ts.SyntaxKind.BarBarToken]: '&&',
};

const otherMethods: ReadonlyMap<string, string> = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['min', 'max'],
  ['max', 'min'],
  ['startsWith', 'endsWith'],
  ['endsWith', 'startsWith'],
]);

/** All mutations of a source file: its types and the sentences for users are left alone. */
export function mutationsOf(path: string, source: string): readonly Mutation[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found: Mutation[] = [];
  const replace = (node: ts.Node, by: string) => {
    const start = node.getStart(file);
    found.push({
      line: file.getLineAndCharacterOfPosition(start).line + 1,
      what: `${shortened(node.getText(file))} → ${shortened(by)}`,
      text: source.slice(0, start) + by + source.slice(node.end),
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node)) return;
    if (ts.isCallExpression(node) && node.expression.getText(file) === 'message') return;
    mutate(node, file, replace);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function mutate(
  node: ts.Node,
  file: ts.SourceFile,
  replace: (node: ts.Node, by: string) => void,
): void {
  const text = (part: ts.Node) => part.getText(file);
  if (ts.isBinaryExpression(node)) {
    const by = swapped[node.operatorToken.kind];
    if (by !== undefined) replace(node, `${text(node.left)} ${by} ${text(node.right)}`);
    if (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)
      replace(node, text(node.left));
  } else if (ts.isIfStatement(node) || ts.isConditionalExpression(node)) {
    const condition = ts.isIfStatement(node) ? node.expression : node.condition;
    replace(condition, 'true');
    replace(condition, 'false');
  } else if (ts.isPrefixUnaryExpression(node)) {
    if (node.operator === ts.SyntaxKind.ExclamationToken) replace(node, text(node.operand));
  } else if (node.kind === ts.SyntaxKind.TrueKeyword) replace(node, 'false');
  else if (node.kind === ts.SyntaxKind.FalseKeyword) replace(node, 'true');
  else if (ts.isNumericLiteral(node)) replace(node, `(${node.text} + 1)`);
  else if (ts.isPropertyAccessExpression(node) && ts.isCallExpression(node.parent)) {
    const other = otherMethods.get(node.name.text);
    if (other !== undefined) replace(node.name, other);
    if (/^(?:filter|toSorted|sort|reverse|toReversed)$/.test(node.name.text))
      replace(node.parent, text(node.expression));
  } else if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression))
    replace(node, ';');
}

function shortened(text: string): string {
  const plain = text.replace(/\s+/g, ' ');
  return plain.length > 60 ? `${plain.slice(0, 57)}...` : plain;
}
