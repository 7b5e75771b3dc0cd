import { alikeLabel } from '../../trace/alikeLabel.ts';
import type { TraceShape } from '../../trace/trace.ts';

/** What spans can be put together by. */
export const groupings = ['service', 'operation', 'handler', 'line'] as const;
export type Grouping = (typeof groupings)[number];

/** A text for each row, each text once: `row[r]` is an index into `texts`, -1 where the span has none. */
export interface TextColumn {
  readonly texts: readonly string[];
  readonly row: Int32Array;
}

/** A trace with the code of its spans, as far as groups are made of it. */
export interface GroupedTrace {
  readonly shape: TraceShape;
  /** `orders.service.ts:87`. */
  readonly places: TextColumn;
  /** `OrdersController.remove`: the handler in whose request each span ran. */
  readonly handlers: TextColumn;
}

/** The group of each row; the last one holds the rows that have no text, where there are any. */
export interface SpanGroups {
  /** `undefined`: what has no line, or no handler. */
  readonly names: readonly (string | undefined)[];
  readonly column: Uint32Array;
}

/** The groups of a trace's spans by one of their texts. O(n). */
export function spanGroups({ shape, places, handlers }: GroupedTrace, by: Grouping): SpanGroups {
  switch (by) {
    case 'service':
      return { names: shape.services, column: shape.columns.service };
    case 'operation':
      return operationGroups(shape);
    case 'handler':
      return textGroups(handlers);
    case 'line':
      return textGroups(places);
  }
}

/**
 * The table of operations has one entry for each pair of label and name: labels are what is shown. Those that differ by ids
 * in the path they call are one group.
 */
function operationGroups({ operations, columns }: TraceShape): SpanGroups {
  const groups = new Map<string, number>();
  const names: string[] = [];
  const groupOf = Uint32Array.from(operations, (label) => {
    const like = alikeLabel(label);
    const group = groups.get(like) ?? groups.size;
    groups.set(like, group);
    names[group] = names[group] === undefined || names[group] === label ? label : like;
    return group;
  });
  return {
    names,
    column: columns.operation.map((operation) => groupOf[operation] ?? 0),
  };
}

function textGroups({ texts, row }: TextColumn): SpanGroups {
  const column = Uint32Array.from(row, (text) => (text < 0 ? texts.length : text));
  return row.includes(-1) ? { names: [...texts, undefined], column } : { names: texts, column };
}

/** The groups of rows that share both: `pairs[p]` is `[group of first, group of second]`. O(n). */
export function pairedGroups(
  first: SpanGroups,
  second: SpanGroups,
): { readonly pairs: readonly (readonly [number, number])[]; readonly column: Uint32Array } {
  const indexes = new Map<number, number>();
  const pairs: (readonly [number, number])[] = [];
  const column = new Uint32Array(first.column.length);
  const width = second.names.length;
  for (let row = 0; row < column.length; row++) {
    const outer = first.column[row] ?? 0;
    const inner = second.column[row] ?? 0;
    const pair = outer * width + inner;
    let index = indexes.get(pair);
    if (index === undefined) {
      index = pairs.length;
      indexes.set(pair, index);
      pairs.push([outer, inner]);
    }
    column[row] = index;
  }
  return { pairs, column };
}
