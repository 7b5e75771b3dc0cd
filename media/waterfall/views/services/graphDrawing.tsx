import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { CallGraph } from '../../../../src/core/waterfall/services/callGraph.ts';
import { layOutGraph, type Point } from '../../../../src/core/waterfall/services/graphLayout.ts';
import { Icon } from '../../icons.tsx';
import type { PageTrace } from '../../openTrace.ts';
import { arrowText, callsText, nodeNames, nodeTitle, selfText } from './serviceTexts.ts';

const sizes = { nodeWidth: 176, nodeHeight: 52, layerGap: 116, nodeGap: 22 };
const margin = 16;
/** With more arrows, only those of the chosen node say what they are. */
const mostLabels = 30;

interface GraphDrawingProps {
  readonly trace: PageTrace;
  readonly graph: CallGraph;
  /** -1: none. */
  readonly active: number;
  readonly onNode: (node: number) => void;
  /** The drawing was clicked where nothing is: keys are the table's. */
  readonly focusTable: () => void;
}

/** The graph as a drawing. All that it says is in the table below it, which is what keys and screen readers use. */
export function GraphDrawing({ trace, graph, active, onNode, focusTable }: GraphDrawingProps) {
  const { nodes, edges } = graph;
  const layout = useMemo(() => layOutGraph(nodes.length, edges, sizes), [nodes, edges]);
  const scroller = useRef<HTMLDivElement>(null);
  // A drawing higher than its room begins where the calls begin.
  useLayoutEffect(() => {
    const first = layout.nodes[0];
    if (first && scroller.current)
      scroller.current.scrollTop =
        first.y + margin + (sizes.nodeHeight - scroller.current.clientHeight) / 2;
  }, [layout]);
  const longest = Math.max(...edges.map(({ time }) => time), 1);
  return (
    <div class="graph" aria-hidden="true" ref={scroller} tabIndex={-1} onFocus={focusTable}>
      <div
        class="graph-content"
        style={{
          width: `${layout.width + 2 * margin}px`,
          height: `${layout.height + 2 * margin}px`,
        }}
      >
        <svg
          class="graph-arrows"
          width={layout.width + 2 * margin}
          height={layout.height + 2 * margin}
        >
          <defs>
            <marker
              id="arrow-head"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="8"
              markerHeight="8"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0 0 8 4 0 8Z" />
            </marker>
          </defs>
          <g transform={`translate(${margin}, ${margin})`}>
            {edges.map((edge, index) => {
              const points = layout.arrows[index] ?? [];
              const isOfActive = edge.from === active || edge.to === active;
              const classes = ['graph-arrow'];
              if (edge.errors > 0) classes.push('error');
              if (isOfActive) classes.push('active');
              return (
                <g key={`${edge.from} ${edge.to}`} class={classes.join(' ')}>
                  <path
                    d={curve(points)}
                    stroke-width={1 + 3 * Math.sqrt(edge.time / longest)}
                    marker-end="url(#arrow-head)"
                  />
                </g>
              );
            })}
            {edges.map((edge, index) => {
              const isOfActive = edge.from === active || edge.to === active;
              if (edges.length > mostLabels && !isOfActive) return null;
              const at = labelPoint(layout.arrows[index] ?? []);
              return (
                <text
                  key={`${edge.from} ${edge.to}`}
                  class={edge.errors > 0 ? 'graph-label error' : 'graph-label'}
                  x={at.x}
                  y={at.y}
                >
                  {arrowText(edge.calls, edge.time)}
                </text>
              );
            })}
          </g>
        </svg>
        {nodes.map((node, index) => {
          const { x, y } = layout.nodes[index] ?? { x: 0, y: 0 };
          const { service, operation } = nodeNames(trace, node);
          const classes = ['graph-node', `service-${trace.colors[node.service] ?? 0}`];
          if (index === active) classes.push('active');
          if (node.errors > 0) classes.push('error');
          return (
            <div
              key={index}
              class={classes.join(' ')}
              title={nodeTitle(trace, node)}
              style={{ transform: `translate(${x + margin}px, ${y + margin}px)` }}
              onClick={() => onNode(index)}
            >
              <div class="graph-name">
                {node.errors > 0 && <Icon name="error" />}
                <span>{operation === '' ? service : operation}</span>
              </div>
              <div class="graph-facts">
                {[operation === '' ? callsText(node.calls) : service, selfText(node)].join(' · ')}
              </div>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Through all points, level at each. */
function curve([first, ...others]: readonly Point[]): string {
  if (!first) return '';
  const parts = [`M${first.x} ${first.y}`];
  let from = first;
  for (const to of others) {
    const middle = (from.x + to.x) / 2;
    parts.push(`C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`);
    from = to;
  }
  return parts.join('');
}

/** Beside the end, on the side that the arrow doesn't come from. */
function labelPoint(points: readonly Point[]): Point {
  const to = points.at(-1) ?? { x: 0, y: 0 };
  const from = points.at(-2) ?? to;
  const isBelow = from.y < to.y;
  return { x: to.x + (from.x < to.x ? -34 : 34), y: to.y + (isBelow ? 14 : -6) };
}
