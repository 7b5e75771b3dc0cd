/** What is seen of the user: the editor tells no extension where the pointer or the focus is. */
export type UseSign =
  /** The pointer rests on a row. */
  | 'rowHovered'
  /** A row was clicked, selected, expanded or reached with an arrow key. */
  | 'rowUsed'
  /** The view came on the screen, and the focus with it. */
  | 'viewShown'
  | 'viewHidden'
  /** The pointer rests on code. */
  | 'codeHovered'
  /** A key or the mouse was used in a text editor, a terminal or another view. */
  | 'usedElsewhere'
  /** The focus went to another window. */
  | 'windowLeft';

/** Where pointer and focus are, by the last sign of each. */
export interface ViewUse {
  readonly pointer: boolean;
  readonly focus: boolean;
}

export const unused: ViewUse = { pointer: false, focus: false };

/** The use of a view after a sign. */
export function afterSign(use: ViewUse, sign: UseSign): ViewUse {
  switch (sign) {
    case 'rowHovered':
      return { ...use, pointer: true };
    case 'rowUsed':
      return { pointer: true, focus: true };
    case 'viewShown':
      return { ...use, focus: true };
    case 'codeHovered':
      return { ...use, pointer: false };
    case 'viewHidden':
    case 'usedElsewhere':
    case 'windowLeft':
      return unused;
  }
}

export const isUsed = ({ pointer, focus }: ViewUse): boolean => pointer || focus;
