/** px of a column of times: `23 h 59 min` has room, and a head with the arrow of its sort. */
export const timeWidth = 98;

/** A column of a grid. */
export interface GridColumn<Key extends string = string> {
  readonly key: Key;
  readonly label: string;
  /** What it says in full; the label's where undefined. */
  readonly hint?: string;
  /** px; the first column also takes what is left. */
  readonly width: number;
  readonly isNumber: boolean;
}

/** A line of a grid, as it is drawn. */
export interface GridLine {
  /** The same for the same thing, wherever it is sorted to. */
  readonly key: string;
  /** A text for each column. */
  readonly texts: readonly string[];
  /** A part of one, 0 to 1, drawn as a bar below the text of that column. */
  readonly share?: { readonly column: number; readonly of: number };
  /** How much more, up to 1, or less, down to -1, drawn as a bar from the middle of that column. */
  readonly difference?: { readonly column: number; readonly of: number };
  /** The column whose text is a link. */
  readonly link?: number;
  /** Color index of its service. */
  readonly color: number | undefined;
  readonly classes?: readonly string[];
  /** Undefined: it can't be opened. */
  readonly isOpen?: boolean | undefined;
  /** From 1. */
  readonly level?: number;
  /** px, of a tree with more than two levels. */
  readonly indent?: number;
  readonly position?: number;
  readonly setSize?: number;
}

/** The lines of a grid: asked for as they are drawn. */
export interface GridLines {
  readonly count: number;
  readonly at: (index: number) => GridLine | undefined;
}

/** How a grid is sorted. */
export interface GridSort<Key extends string = string> {
  readonly key: Key;
  readonly ascending: boolean;
}
