/** Px between a menu and the window's edges. */
const margin = 8;

/** Puts a menu below its button, or above where there is more room, whole inside the window; what is too much scrolls. */
export function placeMenu(menu: HTMLElement, button: HTMLElement): void {
  const { top, bottom, right } = button.getBoundingClientRect();
  const { innerHeight, innerWidth } = window;
  const below = innerHeight - bottom - margin;
  const above = top - margin;
  const isBelow = menu.offsetHeight <= below || below >= above;
  const height = Math.min(menu.offsetHeight, isBelow ? below : above);
  const left = Math.min(right, innerWidth - margin) - menu.offsetWidth;
  menu.style.maxHeight = `${height}px`;
  menu.style.top = `${isBelow ? bottom : top - height}px`;
  menu.style.left = `${Math.max(margin, left)}px`;
}
