import type { WaterfallView } from './pageObject.ts';

/**
 * What can't be read of the page as it is: texts that are cut off without an ellipsis and a title that says all of them,
 * texts that reach over the window's edge where nothing scrolls to them, and a page that scrolls sideways.
 */
export async function unreadable(view: WaterfallView): Promise<readonly string[]> {
  await view.frame();
  return view.page.evaluate(() => {
    const scrolls = ({ overflowX }: CSSStyleDeclaration) =>
      overflowX === 'auto' || overflowX === 'scroll';
    const ownText = (element: Element) =>
      [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
      );
    const found = [];
    if (document.documentElement.scrollWidth > window.innerWidth)
      found.push('page scrolls sideways');
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (!ownText(element) || !element.checkVisibility() || element.closest('.spoken')) continue;
      const style = getComputedStyle(element);
      const name = `${element.className} "${element.textContent.slice(0, 40)}"`;
      const isCut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
      const hides = style.overflowX === 'hidden' || style.overflowX === 'clip';
      // A row's tooltip and label say all of it.
      const isSaid = element.closest('[title], .row') !== null;
      if (isCut && hides && !(style.textOverflow === 'ellipsis' && isSaid))
        found.push(`cut: ${name}`);
      if (!isReached(element)) found.push(`beyond: ${name}`);
    }
    return found;

    /** The text lies inside the window, or in something that scrolls sideways to it or shortens it with an ellipsis. */
    function isReached(element: HTMLElement): boolean {
      const { left, right } = element.getBoundingClientRect();
      for (let box: HTMLElement | null = element; box; box = box.parentElement) {
        const style = getComputedStyle(box);
        if (scrolls(style) || style.textOverflow === 'ellipsis') return true;
        const edges = box.getBoundingClientRect();
        if (style.overflowX === 'hidden' && (right > edges.right + 1 || left < edges.left - 1))
          return box.matches('.row-texts, .row-name, .tree-content, .row');
      }
      return right <= window.innerWidth + 1 && left >= -1;
    }
  });
}
