import { microseconds, spanRow, type SpanRow } from '../base/units.ts';
import type { MappedTrace } from '../matching/mappedTrace.ts';
import { mainRoot } from '../trace/mainRoot.ts';
import { costKindAt, type CostKind } from './costKind.ts';
import { CostTreeBuilder, type CostBranch } from './costTree.ts';
import { dominantCost } from './dominantCost.ts';
import { explainedLines } from './explainedLines.ts';
import { explainPlaces, type CostNode, type Explanation } from './explanation.ts';
import type { Loops } from './loops.ts';

/** A place of one trace, and where it is first reached. */
export interface TraceCostLine {
  readonly row: SpanRow;
  /** 0: the request itself. */
  readonly depth: number;
  /** Without what is below it: that has lines of its own. */
  readonly cost: CostNode;
}

/** Where the time of one trace goes: small, however many spans it has. */
export interface TraceCosts extends Pick<Explanation, 'kinds'> {
  readonly lines: readonly TraceCostLine[];
  /** Row of the line that most of the time goes to; undefined: it goes to no one place. */
  readonly dominant: SpanRow | undefined;
}

/** Of which rows something is asked: those of a line, by its first, or whose own time is spent on something. */
export type CostSelector = { readonly row: SpanRow } | { readonly kind: CostKind };

export interface ExplainedTrace {
  /** Undefined: the trace has no spans. */
  readonly costs: TraceCosts | undefined;
  readonly rowsOf: (selector: CostSelector) => readonly SpanRow[];
}

const shown = { leastShare: 0.01, most: 24 };

/** The critical path of a trace by place, as `explain` merges it, and which rows each place stands for. */
export function explainTrace(mapped: MappedTrace, loops: Loops): ExplainedTrace {
  const tree = new CostTreeBuilder();
  const entered = mapped.trace.size === 0 ? [] : enterTrace(mapped, tree);
  const explained = explainPlaces(tree, { slowFrom: microseconds(0), loops });
  return {
    costs: explained && costsOf(explained, entered),
    rowsOf: (selector) =>
      'row' in selector ? rowsOfPlace(entered, selector.row) : rowsOfKind(mapped, selector.kind),
  };
}

/** The branch of each row; none of other roots' rows. */
function enterTrace(
  mapped: MappedTrace,
  tree: CostTreeBuilder,
): readonly (CostBranch | undefined)[] {
  const root = mainRoot(mapped.trace.columns);
  return [...Array.from({ length: root }, () => undefined), ...tree.add(mapped, root)];
}

function costsOf(
  {
    explanation: { root, kinds },
    nodes,
  }: { explanation: Explanation; nodes: ReadonlyMap<CostBranch, CostNode> },
  entered: readonly (CostBranch | undefined)[],
): TraceCosts {
  const firstRows = new Map<CostNode, SpanRow>();
  for (const [row, branch] of entered.entries()) {
    const node = branch && nodes.get(branch);
    if (node && !firstRows.has(node)) firstRows.set(node, spanRow(row));
  }
  const lines = explainedLines(root, shown).flatMap(({ node, depth }) => {
    const row = firstRows.get(node);
    return row === undefined ? [] : [{ row, depth, cost: { ...node, below: [] } }];
  });
  const dominant = dominantCost(root);
  return { kinds, lines, dominant: dominant && firstRows.get(dominant) };
}

function rowsOfPlace(
  entered: readonly (CostBranch | undefined)[],
  row: SpanRow,
): readonly SpanRow[] {
  const wanted = entered[row];
  if (wanted === undefined) return [];
  return entered.flatMap((branch, at) => (branch === wanted ? [spanRow(at)] : []));
}

/** Those that have a part of the critical path. */
function rowsOfKind({ trace }: MappedTrace, kind: CostKind): readonly SpanRow[] {
  const rows: SpanRow[] = [];
  for (const [row, time] of trace.columns.criticalTime.entries())
    if (time > 0 && costKindAt(row, trace) === kind) rows.push(spanRow(row));
  return rows;
}
