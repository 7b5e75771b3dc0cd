import { findLayers, type Arrow } from './layers.ts';

/** Sizes of a drawing, px. */
export interface GraphSizes {
  readonly nodeWidth: number;
  readonly nodeHeight: number;
  /** Between layers, from left to right. */
  readonly layerGap: number;
  /** Between nodes of a layer. */
  readonly nodeGap: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** Top left of each node. */
  readonly nodes: readonly Point[];
  /** Of each arrow the points that it goes through, from where it leaves a node's side to where it meets another's. */
  readonly arrows: readonly (readonly Point[])[];
}

/** What stands in a layer: a node, or where an arrow passes through. */
interface Stop {
  readonly node: number;
  readonly layer: number;
  readonly before: Stop[];
  readonly after: Stop[];
  /** Middle, px. */
  y: number;
}

const sweeps = 6;
/** Room of an arrow that passes between nodes, and between two of those, px. */
const lane = 12;
const laneGap = 4;

/**
 * Places nodes in layers from left to right, near what leads to them and what they lead to, so that arrows seldom
 * cross. An arrow over several layers has a lane of its own in each between; one that leads back goes from a node's
 * left side. Nodes and lanes never lie over each other. For the few dozen nodes that can be read at once.
 */
export function layOutGraph(
  count: number,
  arrows: readonly Arrow[],
  sizes: GraphSizes,
): GraphLayout {
  const { layer, reversed } = findLayers(count, arrows);
  const layers: Stop[][] = [];
  const add = (node: number, at: number): Stop => {
    const stop: Stop = { node, layer: at, before: [], after: [], y: 0 };
    (layers[at] ??= []).push(stop);
    return stop;
  };
  const stops = Array.from(layer, (at, node) => add(node, at));
  const ways = arrows.map((arrow) => {
    const back = reversed.has(arrow);
    const first = stops[back ? arrow.to : arrow.from];
    const last = stops[back ? arrow.from : arrow.to];
    if (!first || !last || first === last) return { way: [], back };
    const way = [first];
    for (let at = first.layer + 1; at < last.layer; at++) way.push(add(-1, at));
    way.push(last);
    way.slice(1).forEach((stop, index) => {
      way[index]?.after.push(stop);
      stop.before.push(way[index] ?? stop);
    });
    return { way, back };
  });
  order(layers);
  place(layers, sizes);
  const top = Math.min(...layers.flat().map((stop) => stop.y - heightOf(stop, sizes) / 2));
  for (const stop of layers.flat()) stop.y -= top;
  const lowest = Math.max(0, ...layers.flat().map((stop) => stop.y + heightOf(stop, sizes) / 2));
  const step = sizes.nodeWidth + sizes.layerGap;
  return {
    width: Math.max(0, layers.length * step - sizes.layerGap),
    height: lowest,
    nodes: stops.map(({ layer: at, y }) => ({ x: at * step, y: y - sizes.nodeHeight / 2 })),
    arrows: ways.map(({ way, back }) => {
      const points = pointsOf(way, sizes, step);
      return back ? points.toReversed() : points;
    }),
  };
}

/** Sorts each layer by where its neighbors stand, forth and back. */
function order(layers: readonly Stop[][]): void {
  const number = () => layers.forEach((layer) => layer.forEach((stop, at) => (stop.y = at)));
  number();
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const isForth = sweep % 2 === 0;
    for (const layer of isForth ? layers : layers.toReversed()) {
      const wanted = new Map(
        layer.map((stop) => [stop, mean(isForth ? stop.before : stop.after) ?? stop.y]),
      );
      layer.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
      layer.forEach((stop, at) => (stop.y = at));
    }
  }
}

/** Gives each stop its place, as near to its neighbors as the others of its layer leave it. */
function place(layers: readonly Stop[][], sizes: GraphSizes): void {
  for (const layer of layers) {
    let y = 0;
    for (const stop of layer) {
      stop.y = y + heightOf(stop, sizes) / 2;
      y += heightOf(stop, sizes) + (stop.node < 0 ? laneGap : sizes.nodeGap);
    }
  }
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const isForth = sweep % 2 === 0;
    for (const layer of isForth ? layers : layers.toReversed())
      settle(
        layer,
        layer.map((stop) => mean(isForth ? stop.before : stop.after) ?? stop.y),
        sizes,
      );
  }
}

/** The middle between the highest and the lowest places that keep the order and the gaps: it keeps them too. */
function settle(layer: readonly Stop[], wanted: readonly number[], sizes: GraphSizes): void {
  const spaceAfter = layer.map((stop, at) => {
    const next = layer[at + 1];
    if (!next) return 0;
    const gap = stop.node < 0 && next.node < 0 ? laneGap : sizes.nodeGap;
    return (heightOf(stop, sizes) + heightOf(next, sizes)) / 2 + gap;
  });
  const low = [...wanted];
  for (let at = 1; at < low.length; at++)
    low[at] = Math.max(low[at] ?? 0, (low[at - 1] ?? 0) + (spaceAfter[at - 1] ?? 0));
  const high = [...wanted];
  for (let at = high.length - 2; at >= 0; at--)
    high[at] = Math.min(high[at] ?? 0, (high[at + 1] ?? 0) - (spaceAfter[at] ?? 0));
  layer.forEach((stop, at) => (stop.y = ((low[at] ?? 0) + (high[at] ?? 0)) / 2));
}

const heightOf = ({ node }: Stop, { nodeHeight }: GraphSizes): number =>
  node < 0 ? lane : nodeHeight;

function mean(stops: readonly Stop[]): number | undefined {
  if (stops.length === 0) return undefined;
  return stops.reduce((sum, { y }) => sum + y, 0) / stops.length;
}

/** From the right side of the first node through its lanes to the left side of the last. */
function pointsOf(way: readonly Stop[], sizes: GraphSizes, step: number): readonly Point[] {
  return way.flatMap((stop, at) => {
    const left = stop.layer * step;
    const next = way[at + 1];
    const previous = way[at - 1];
    const points: Point[] = [];
    if (previous) points.push({ x: left, y: portOf(stop, stop.before, previous, sizes) });
    if (next) points.push({ x: left + sizes.nodeWidth, y: portOf(stop, stop.after, next, sizes) });
    return points;
  });
}

/** Arrows of one side of a node are spread over it, in the order of where they lead to. */
function portOf(stop: Stop, neighbors: readonly Stop[], other: Stop, sizes: GraphSizes): number {
  const sorted = neighbors.toSorted((a, b) => a.y - b.y);
  const spread = Math.min(14, (heightOf(stop, sizes) - 8) / sorted.length);
  return stop.y + (sorted.indexOf(other) - (sorted.length - 1) / 2) * spread;
}
