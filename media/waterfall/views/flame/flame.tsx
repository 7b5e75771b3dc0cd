import type { RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { message } from '../../../../src/core/base/message.ts';
import { spanRow } from '../../../../src/core/base/units.ts';
import { flameBoxes } from '../../../../src/core/waterfall/flame/flameBoxes.ts';
import { movedInFlame, type FlameMove } from '../../../../src/core/waterfall/flame/flameKeys.ts';
import { layOutFlame } from '../../../../src/core/waterfall/flame/flameLayout.ts';
import {
  flameTree,
  flameWeights,
  type FlameWeight,
} from '../../../../src/core/waterfall/flame/flameTree.ts';
import { rowKey, rowsOfKeys } from '../../../../src/core/waterfall/spanIds.ts';
import { settingOf } from '../../../../src/core/waterfall/viewSettings.ts';
import { useWidth } from '../../../useWidth.ts';
import type { WaterfallModel } from '../../model.ts';
import type { PageTrace } from '../../openTrace.ts';
import { keepKeyboard } from '../../rows/keepKeyboard.ts';
import { Choice } from '../choice.tsx';
import { keptSettings } from '../keptState.ts';
import { nothingShown } from '../nothingShown.ts';
import { SeenNote } from '../seenNote.tsx';
import { showSpans } from '../showSpans.ts';
import { useSeenSpans } from '../useSeenSpans.ts';
import { onViewKey } from '../viewKeys.ts';
import { Crumbs } from './crumbs.tsx';
import { FlameRows } from './flameRows.ts';
import { nodeFacts, nodeName, weightLabel } from './flameTexts.ts';

export interface FlameProps {
  readonly model: WaterfallModel;
  readonly trace: PageTrace;
  readonly element: RefObject<HTMLDivElement | null>;
}

interface Settings {
  readonly weight: FlameWeight;
  /** A span of each node that was zoomed to, by its key, the latest last. */
  readonly zooms: readonly string[];
}

const useSettings = keptSettings<Settings>(
  { weight: 'selfTime', zooms: [] },
  {
    write: ({ weight, zooms }) => ({ 'flame.width': weight, 'flame.zoom': zooms.at(-1) ?? '' }),
    read: (settings) => ({
      weight: settingOf(settings, 'flame.width', flameWeights),
      zooms: [settings['flame.zoom'] ?? ''].filter((key) => key !== ''),
    }),
  },
);

const moves: Readonly<Record<string, FlameMove>> = {
  ArrowDown: 'in',
  ArrowUp: 'out',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'first',
  End: 'last',
};

/** The trace's paths, each as wide as the time of its spans and of those below. What has the keyboard is the selected span's path. */
export function Flame({ model, trace, element }: FlameProps) {
  const [settings, change] = useSettings(model);
  const { weight, zooms } = settings;
  const body = useRef<HTMLDivElement>(null);
  const rows = useRef<FlameRows | undefined>(undefined);
  const width = useWidth(element);
  const [pointed, setPointed] = useState<number | undefined>(undefined);
  const { seen, matches } = useSeenSpans(model, trace, 'withAncestors');
  const { shape } = trace.opened;
  const tree = useMemo(() => flameTree(shape, { seen, matches }), [shape, seen, matches]);
  // Another tree has other nodes: what was pointed at is known again with the next move.
  useLayoutEffect(() => setPointed(undefined), [tree]);
  const layout = useMemo(() => layOutFlame(tree, weight), [tree, weight]);
  const zoomedRow = useMemo(() => {
    const { spanIds } = trace.opened;
    return rowsOfKeys(spanIds, shape.size, zooms.slice(-1)).values().next().value ?? -1;
  }, [trace, zooms]);
  const zoomed = tree.nodeOf[zoomedRow] ?? 0;
  const lines = useMemo(() => flameBoxes(layout, zoomed, width), [layout, zoomed, width]);
  const selected = tree.nodeOf[model.selected ?? -1] ?? 0;
  const drawn = useMemo(() => new Set(lines.flat().map(({ node }) => node)), [lines]);
  let focused = selected;
  while (focused > 0 && !drawn.has(focused)) focused = tree.parent[focused] ?? 0;

  useLayoutEffect(() => {
    if (!element.current || !body.current) return undefined;
    const drawing = new FlameRows(element.current, body.current);
    rows.current = drawing;
    return () => drawing.dispose();
  }, []);
  useLayoutEffect(() => {
    const isFiltered = matches !== undefined;
    rows.current?.show({ trace, layout, lines, zoomed, focused, isFiltered });
  }, [trace, layout, lines, zoomed, focused, matches]);
  useLayoutEffect(() => {
    const line = (tree.depth[focused] ?? 0) - 1;
    if (line >= 0) rows.current?.reveal(line);
  }, [focused, lines]);

  const select = (node: number | undefined) => {
    const row = tree.longest[node ?? 0] ?? -1;
    if (row >= 0) model.selectLine({ row: spanRow(row), group: -1 });
  };
  const zoomTo = (node: number) => {
    if (node === zoomed || node < 0) return;
    const key = rowKey(trace.opened.spanIds, spanRow(tree.longest[node] ?? 0));
    change({ zooms: node === 0 ? [] : [...zooms, key] });
    select(node);
  };
  const showNode = (node: number) => {
    const rows = [...tree.nodeOf.keys()]
      .filter((row) => tree.nodeOf[row] === node && seen?.[row] !== 0)
      .map(spanRow);
    showSpans(model, trace, { rows, term: undefined, label: nodeName(trace, layout, node) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const run = keyAction(event);
    if (!run) {
      onViewKey(event, model);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  const keyAction = (event: KeyboardEvent): (() => void) | undefined => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return undefined;
    const move = moves[event.key];
    if (move !== undefined)
      return () => {
        const node = movedInFlame(lines, focused, move);
        select(node);
      };
    if (event.key === 'Enter') return () => zoomTo(focused);
    if (event.key === ' ' && focused > 0) return () => showNode(focused);
    if ((event.key === 'Escape' && zooms.length > 0) || event.key === 'Backspace')
      return () => change({ zooms: zooms.slice(0, -1) });
    return undefined;
  };
  const latestKey = useRef(onKeyDown);
  latestKey.current = onKeyDown;
  useLayoutEffect(() => {
    const keeping = keepKeyboard(
      () => element.current?.focus({ preventScroll: true }),
      (event) => latestKey.current(event),
    );
    return () => keeping.dispose();
  }, []);
  const told = pointed !== undefined && pointed < tree.size ? pointed : focused;
  return (
    <div class="view-box">
      <div class="view-bar">
        <Choice
          label={message('Width')}
          value={weight}
          choices={flameWeights}
          labelOf={weightLabel}
          onChange={(next) => change({ weight: next })}
        />
        <Crumbs trace={trace} layout={layout} zoomed={zoomed} zoomTo={zoomTo} />
        <SeenNote model={model} trace={trace} seen={seen} />
      </div>
      <div class="grid-box">
        <div
          class="flame"
          ref={element}
          role="tree"
          tabIndex={0}
          aria-label={message('Flame graph')}
          aria-describedby="flame-keys"
          onKeyDown={onKeyDown}
          onClick={(event: MouseEvent) => zoomTo(nodeOfEvent(event) ?? -1)}
          onPointerMove={(event: PointerEvent) => setPointed(nodeOfEvent(event))}
          onPointerLeave={() => setPointed(undefined)}
        >
          <div class="flame-body" role="none" ref={body} />
        </div>
        {lines.length === 0 && (
          <p class="tree-empty">
            {shape.size === 0 || seen?.includes(1) === false
              ? nothingShown(model)
              : message('No time to show.')}
          </p>
        )}
      </div>
      <div class="flame-info">
        {told > 0 ? (
          <>
            <strong title={nodeName(trace, layout, told)}>{nodeName(trace, layout, told)}</strong>
            {nodeFacts(trace, layout, told).map((fact) => (
              <span key={fact} title={fact}>
                {fact}
              </span>
            ))}
            <button type="button" class="link" onClick={() => showNode(told)}>
              {message('Show spans')}
            </button>
          </>
        ) : (
          <span>{keysText()}</span>
        )}
        <span class="spoken" id="flame-keys">
          {keysText()}
        </span>
      </div>
    </div>
  );
}

const keysText = (): string =>
  message('Click or Enter: zoom. Escape: back. Arrows: move. Space: show spans.');

function nodeOfEvent(event: Event): number | undefined {
  const target = event.target instanceof Element ? event.target.closest('[data-node]') : null;
  const node = target instanceof HTMLElement ? Number(target.dataset['node']) : -1;
  return node < 0 ? undefined : node;
}
