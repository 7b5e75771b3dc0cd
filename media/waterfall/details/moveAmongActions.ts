/** Buttons of the rows of a table; one row's are reached by Tab. */
const actions = '.attribute-actions';

/**
 * Arrow keys among the buttons of a table: up and down to the same button of another row, left and right within the
 * row, Home and End to the first and last row.
 */
export function moveAmongActions(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const button = event.target instanceof Element ? event.target.closest('button') : null;
  const row = button?.closest(actions);
  const table = row?.closest('table');
  if (!button || !row || !table) return;
  const rows = [...table.querySelectorAll(actions)];
  const buttons = [...row.querySelectorAll('button')];
  const at = buttons.indexOf(button);
  const line = rows.indexOf(row);
  const inRow = (index: number) => {
    const others = rows[index]?.querySelectorAll('button');
    return others?.[Math.min(at, others.length - 1)];
  };
  const next = {
    ArrowDown: () => inRow(line + 1),
    ArrowUp: () => inRow(line - 1),
    Home: () => inRow(0),
    End: () => inRow(rows.length - 1),
    ArrowRight: () => buttons[at + 1],
    ArrowLeft: () => buttons[at - 1],
  }[event.key];
  if (!next) return;
  event.preventDefault();
  next()?.focus();
}
