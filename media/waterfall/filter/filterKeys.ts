/** What a key asks of the filter field. */
export type FilterCommand =
  | 'suggest'
  | 'nextOption'
  | 'previousOption'
  | 'accept'
  | 'close'
  | 'nextMatch'
  | 'previousMatch'
  | 'clear'
  | 'leave';

/** What is open below the field. */
interface FieldState {
  readonly isOpen: boolean;
  /** Arrow keys went to an option. */
  readonly hasActive: boolean;
  /** Tab goes on with what is typed. */
  readonly canTab: boolean;
}

/** The field's command for a key; undefined: the key is the browser's, or the editor's. */
export function filterCommand(
  press: KeyboardEvent,
  { isOpen, hasActive, canTab }: FieldState,
): FilterCommand | undefined {
  if (press.isComposing) return undefined;
  if (isSuggest(press)) return 'suggest';
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined;
  const match = press.shiftKey ? 'previousMatch' : 'nextMatch';
  switch (press.key) {
    case 'F3':
      return match;
    case 'Enter':
      return hasActive ? 'accept' : match;
    case 'Tab':
      return isOpen && canTab && !press.shiftKey ? 'accept' : undefined;
    case 'Escape':
      return isOpen ? 'close' : 'clear';
    case 'ArrowDown':
      return isOpen ? 'nextOption' : 'leave';
    case 'ArrowUp':
      return isOpen ? 'previousOption' : undefined;
    default:
      return undefined;
  }
}

/** As in the editor: Ctrl+Space; and Alt+Down, as lists open elsewhere. */
const isSuggest = ({ key, ctrlKey, altKey, metaKey, shiftKey }: KeyboardEvent): boolean =>
  !metaKey &&
  !shiftKey &&
  ((key === ' ' && ctrlKey && !altKey) || (key === 'ArrowDown' && altKey && !ctrlKey));
