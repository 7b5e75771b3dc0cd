import * as ts from '../compiler.ts';
import { boundNames } from './boundNames.ts';
import { namesWritten, targetsOf } from './namesWritten.ts';
import { readTurn } from './readTurn.ts';
import { rootOf } from './rootOf.ts';

type ForLoop = ts.ForOfStatement | ts.ForInStatement | ts.ForStatement;

/**
 * Whether the turns of a loop that awaits something could run at the same time, as far as its code shows: none ends the
 * loop, paces it, or reads what another one changed. In doubt they couldn't: docs/decisions/independent-awaits.md.
 */
export function hasIndependentTurns(file: ts.SourceFile, loop: ForLoop): boolean {
  const variables = variablesOf(loop);
  if (variables === undefined || isDeliberate(file, variables)) return false;
  const header = headerReads(loop, new Set(variables));
  const turn = readTurn(loop.statement, variables);
  if (header === undefined || !turn?.awaits) return false;
  const { reads, changes } = turn;
  if ([...changes].some((name) => reads.has(name) || header.has(name))) return false;
  const written = namesWritten(file);
  return [...reads].every((name) => !written.has(name));
}

/** Names that each turn has of its own; undefined: the loop has none, or all turns share them. */
function variablesOf(loop: ForLoop): readonly string[] | undefined {
  if (ts.isForOfStatement(loop) && loop.awaitModifier) return undefined;
  const { initializer } = loop;
  if (!initializer || !ts.isVariableDeclarationList(initializer)) return undefined;
  if ((initializer.flags & ts.NodeFlags.BlockScoped) === 0) return undefined;
  return initializer.declarations.flatMap(({ name }) => boundNames(name));
}

/** Batches are made to run one after the other; who turns the linter's rule off has thought of it. */
function isDeliberate({ text }: ts.SourceFile, variables: readonly string[]): boolean {
  const isBatch = variables.some((name) => /chunk|batch|slice|page/i.test(name));
  return isBatch || text.includes('no-await-in-loop');
}

/** Names outside that say how often it turns; undefined: something unknown does. */
function headerReads(loop: ForLoop, own: ReadonlySet<string>): ReadonlySet<string> | undefined {
  if (!ts.isForStatement(loop)) {
    const root = rootOf(loop.expression);
    return new Set(root === undefined ? [] : [root]);
  }
  const { condition, incrementor } = loop;
  // Steps of more than one go through a list in batches.
  if (!condition || !incrementor || !isIncrement(incrementor)) return undefined;
  const reads = new Set<string>();
  const waiting: ts.Node[] = [condition, incrementor];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (ts.isCallExpression(node) || ts.isAwaitExpression(node)) return undefined;
    if (targetsOf(node).some((target) => !ts.isIdentifier(target) || !own.has(target.text)))
      return undefined;
    const root = ts.isExpression(node) ? rootOf(node) : undefined;
    if (root !== undefined && !own.has(root)) reads.add(root);
    ts.forEachChild(node, (child) => {
      waiting.push(child);
    });
  }
  return reads;
}

const isIncrement = (node: ts.Expression): boolean =>
  (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
  node.operator === ts.SyntaxKind.PlusPlusToken;
