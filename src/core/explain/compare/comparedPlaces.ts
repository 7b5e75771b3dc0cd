import { isCallSpan } from '../../matching/calls/isCallSpan.ts';
import type { MappedTrace } from '../../matching/mappedTrace.ts';
import type { ComparedCall, Sides } from '../../trace/compare/comparison.ts';
import { largestNodes } from '../../trace/compare/largestNodes.ts';
import { PathTree, type KeyedTrace } from '../../trace/compare/pathTree.ts';
import { costPlaceOf, type CostPlace } from '../costPlace.ts';

/** A compared call and its line; undefined: not known. */
export interface LocatedCall extends ComparedCall, Pick<CostPlace, 'location' | 'confidence'> {}

/** Two mapped traces merged by path, with what is at each node. */
export class ComparedPlaces {
  readonly tree = new PathTree();
  /** By key. */
  readonly #places: CostPlace[] = [];
  readonly #keys = new Map<string, number>();
  readonly #nodeOf: [Uint32Array, Uint32Array] = [new Uint32Array(0), new Uint32Array(0)];

  /** Adds a trace; each side once. O(n). */
  add(side: 0 | 1, mapped: MappedTrace): void {
    this.#nodeOf[side] = this.tree.add(side, this.#keyed(mapped));
  }

  /**
   * The calls of both, at most `most`: those with the largest differences, each with all that lead to it.
   */
  calls(most: number): readonly LocatedCall[] {
    const nodes = largestNodes(this.tree, most);
    const positions = new Map(nodes.map((node, at) => [node, at]));
    const [before, after] = this.tree.figures;
    return nodes.map((node) => {
      const of = (figure: keyof typeof before): Sides => [
        before[figure][node] ?? 0,
        after[figure][node] ?? 0,
      ];
      const place = this.placeOf(node);
      return {
        id: node,
        parent: positions.get(this.tree.parent[node] ?? -1) ?? -1,
        name: place?.symbol ?? '',
        service: place?.service ?? '',
        location: place?.location,
        confidence: place?.confidence ?? 'unmapped',
        calls: of('calls'),
        errors: of('errors'),
        critical: of('critical'),
        total: of('total'),
        self: of('self'),
      };
    });
  }

  placeOf(node: number): CostPlace | undefined {
    return this.#places[this.tree.key[node] ?? -1];
  }

  /** The rows of a node in one of the traces. */
  rowsOf(side: 0 | 1, node: number): readonly number[] {
    const rows: number[] = [];
    this.#nodeOf[side].forEach((of, row) => {
      if (of === node) rows.push(row);
    });
    return rows;
  }

  #keyed({ trace, matches }: MappedTrace): KeyedTrace {
    const { parent } = trace.columns;
    const key = new Uint32Array(trace.size);
    const isCall = new Uint8Array(trace.size);
    for (const [row, span] of trace.spans.entries()) {
      const match = matches[row];
      const { key: text, place } = costPlaceOf(span, match);
      const own = this.#keyOf(text, place);
      key[row] = own;
      // A part of a call, or a layer of a method, is no call of its own.
      const isPart =
        place.callId === undefined
          ? place.confidence !== 'weak' &&
            place.location !== undefined &&
            key[parent[row] ?? -1] === own
          : key[parent[row] ?? -1] === own || !isCallSpan(span, match);
      if (!isPart) isCall[row] = 1;
    }
    return { trace, key, isCall };
  }

  #keyOf(text: string, place: CostPlace): number {
    const known = this.#keys.get(text);
    if (known !== undefined) return known;
    const key = this.#places.push(place) - 1;
    this.#keys.set(text, key);
    return key;
  }
}
