/**
 * Where rows are in a box that scrolls. A browser draws boxes up to about 33.5 million px, less when it zooms: a higher
 * content gets a lower box, and `base` is what lies above it. All in px.
 */
export interface ScrollWindow {
  /** Of the box's content. */
  readonly height: number;
  /** The box's own scroll position. */
  readonly scrollTop: number;
  /** Of the content above the box's beginning: a line is drawn at its place less this. */
  readonly base: number;
}

/** A quarter of what Chromium draws: enough for pages at 400 %. */
export const highest = 8_000_000;

/** The content's position that is at the top of the screen. */
export const topOf = ({ scrollTop, base }: ScrollWindow): number => scrollTop + base;

/** So much of both ends of the content has its own place in the box: each can be reached by steps. */
const ends = highest / 4;

/** The window with the content's `top` at the top of the screen, as far as it can be. */
export function windowAt(top: number, content: number, screen: number): ScrollWindow {
  const height = Math.min(content, highest);
  const most = Math.max(0, content - screen);
  const boxMost = Math.max(0, height - screen);
  const at = Math.max(0, Math.min(most, top));
  const between = (at - ends) / (most - 2 * ends);
  if (most === boxMost || at <= ends) return { height, scrollTop: at, base: 0 };
  if (at >= most - ends) return { height, scrollTop: boxMost - (most - at), base: most - boxMost };
  const scrollTop = Math.round(ends + between * (boxMost - 2 * ends));
  return { height, scrollTop, base: at - scrollTop };
}

/** What of the content a leap to `scrollTop` is meant for: the other way round of `windowAt`. */
function leapTo(scrollTop: number, content: number, screen: number): number {
  const most = content - screen;
  const boxMost = highest - screen;
  if (scrollTop <= ends) return scrollTop;
  if (scrollTop >= boxMost - ends) return most - (boxMost - scrollTop);
  return ends + ((scrollTop - ends) / (boxMost - 2 * ends)) * (most - 2 * ends);
}

/**
 * The window after the box was scrolled to `scrollTop`. A step stays a step, to the pixel; a leap, as with the scroll
 * bar, goes to that part of the content.
 */
export function scrolledWindow(
  before: ScrollWindow,
  scrollTop: number,
  content: number,
  screen: number,
): ScrollWindow {
  if (content <= highest) return { height: content, scrollTop, base: 0 };
  const boxMost = before.height - screen;
  const isLeap = Math.abs(scrollTop - before.scrollTop) > Math.max(4_000, 4 * screen);
  if (isLeap) return windowAt(leapTo(scrollTop, content, screen), content, screen);
  const top = scrollTop + before.base;
  const isAtEdge = scrollTop < screen || scrollTop > boxMost - screen;
  return isAtEdge || top < 0 || top > content - screen
    ? windowAt(top, content, screen)
    : { ...before, scrollTop };
}
