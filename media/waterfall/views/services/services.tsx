import type { RefObject } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatCount } from '../../../../src/core/base/format.ts';
import { message } from '../../../../src/core/base/message.ts';
import { filterTerm } from '../../../../src/core/trace/filter/filterTerm.ts';
import {
  callGraph,
  graphNodes,
  type GraphNodes,
} from '../../../../src/core/waterfall/services/callGraph.ts';
import {
  entryKey,
  graphKeys,
  graphLines,
  type GraphSort,
} from '../../../../src/core/waterfall/services/graphLines.ts';
import { rowsOfCall, rowsOfNode } from '../../../../src/core/waterfall/services/rowsOfCall.ts';
import { settingOf, sortOf, sortText } from '../../../../src/core/waterfall/viewSettings.ts';
import type { WaterfallModel } from '../../model.ts';
import type { PageTrace } from '../../openTrace.ts';
import { Choice } from '../choice.tsx';
import { Grid } from '../grid/grid.tsx';
import { keptSettings } from '../keptState.ts';
import { nothingShown } from '../nothingShown.ts';
import { SeenNote } from '../seenNote.tsx';
import { showSpans } from '../showSpans.ts';
import { useSeenSpans } from '../useSeenSpans.ts';
import { onViewKey } from '../viewKeys.ts';
import { GraphDrawing } from './graphDrawing.tsx';
import { graphColumns, graphLine, nodeTitle } from './serviceTexts.ts';

export interface ServicesProps {
  readonly model: WaterfallModel;
  readonly trace: PageTrace;
  readonly element: RefObject<HTMLDivElement | null>;
}

/** More nodes can't be read in a drawing; the table has them all. */
const mostDrawn = 40;

interface Settings {
  readonly by: GraphNodes;
  readonly sort: GraphSort;
  /** Keys of nodes whose calls aren't shown. */
  readonly closed: ReadonlySet<string>;
  /** Key of the line that has the keyboard. */
  readonly active: string | undefined;
}

const useSettings = keptSettings<Settings>(
  {
    by: 'service',
    sort: { key: 'selfTime', ascending: false },
    closed: new Set(),
    active: undefined,
  },
  {
    write: ({ by, sort }) => ({ 'services.by': by, 'services.sort': sortText(sort) }),
    read: (settings) => ({
      by: settingOf(settings, 'services.by', graphNodes),
      sort: sortOf(settings, 'services.sort', graphKeys),
    }),
  },
);

const nodesLabel = (by: GraphNodes): string =>
  by === 'service' ? message('Services') : message('Operations');

/** Which service calls which, drawn and as a table; a line leads to its spans in the waterfall. */
export function Services({ model, trace, element }: ServicesProps) {
  const [settings, change] = useSettings(model);
  const { by, sort, closed } = settings;
  const { seen } = useSeenSpans(model, trace, 'withAncestors');
  const { shape } = trace.opened;
  const graph = useMemo(() => callGraph(shape, by, seen), [shape, by, seen]);
  const names = useMemo(() => graph.nodes.map((node) => nodeTitle(trace, node)), [graph, trace]);
  const lines = useMemo(
    () => graphLines(graph, names, sort, (node) => !closed.has(graph.nodes[node]?.key ?? '')),
    [graph, names, sort, closed],
  );
  const keyOf = (index: number) => {
    const line = lines[index];
    return line && entryKey(graph, line.entry);
  };
  const active = lines.findIndex((_, index) => keyOf(index) === settings.active);
  const showNode = (node: number) => {
    const service = shape.services[graph.nodes[node]?.service ?? 0] ?? '';
    showSpans(model, trace, {
      rows: rowsOfNode(graph, seen, node),
      term: by === 'service' ? filterTerm('service', service) : undefined,
      label: names[node] ?? '',
    });
  };
  const show = (index: number) => {
    const { entry } = lines[index] ?? {};
    if (!entry) return;
    if (entry.to < 0) {
      showNode(entry.node);
      return;
    }
    showSpans(model, trace, {
      rows: rowsOfCall(shape, graph, seen, entry),
      term: undefined,
      label: message('{0} to {1}', names[entry.node] ?? '', names[entry.to] ?? ''),
    });
  };
  return (
    <div class="view-box">
      <div class="view-bar">
        <Choice
          label={message('Show')}
          value={by}
          choices={graphNodes}
          labelOf={nodesLabel}
          onChange={(next) => change({ by: next, closed: new Set() })}
        />
        <SeenNote model={model} trace={trace} seen={seen} />
      </div>
      <div class="services">
        {graph.nodes.length <= mostDrawn ? (
          <GraphDrawing
            trace={trace}
            graph={graph}
            active={lines[active]?.entry.node ?? -1}
            onNode={showNode}
            focusTable={() => element.current?.focus({ preventScroll: true })}
          />
        ) : (
          <p class="graph-note">
            {message(
              'Too many to draw: {0}. Filter or zoom to see fewer.',
              formatCount(graph.nodes.length),
            )}
          </p>
        )}
        <Grid
          id="services"
          label={message('Calls between services')}
          columns={graphColumns()}
          lines={{
            count: lines.length,
            at: (index) => {
              const line = lines[index];
              return line && graphLine(trace, graph, line);
            },
          }}
          sort={sort}
          onSort={(next) => change({ sort: next })}
          active={active}
          onActive={(index) => change({ active: keyOf(index) })}
          onOpen={show}
          onToggle={(index, isOpen) => {
            const next = new Set(closed);
            const key = keyOf(index) ?? '';
            if (isOpen) next.delete(key);
            else next.add(key);
            change({ closed: next });
          }}
          onOtherKey={(event) => onViewKey(event, model)}
          empty={nothingShown(model)}
          element={element}
        />
      </div>
    </div>
  );
}
