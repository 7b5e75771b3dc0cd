/**
 * Writes texts, attributes and styles of elements where they are others than it wrote last: what stays as it is costs
 * neither style nor layout. Nothing else may write these parts.
 */
export class Written {
  readonly #known = new Map<Element, Map<string, string | undefined>>();

  text(element: Element, text: string): void {
    if (this.#isNew(element, '', text)) element.textContent = text;
  }

  /** @param text undefined: the element hasn't the attribute */
  attribute(element: Element, name: string, text: string | undefined): void {
    if (!this.#isNew(element, name, text)) return;
    if (text === undefined) element.removeAttribute(name);
    else element.setAttribute(name, text);
  }

  style(element: HTMLElement, property: string, text: string): void {
    if (this.#isNew(element, `style ${property}`, text)) element.style.setProperty(property, text);
  }

  #isNew(element: Element, part: string, text: string | undefined): boolean {
    let parts = this.#known.get(element);
    if (!parts) this.#known.set(element, (parts = new Map<string, string | undefined>()));
    if (parts.get(part) === text && parts.has(part)) return false;
    parts.set(part, text);
    return true;
  }
}
