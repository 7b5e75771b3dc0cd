import { visibleText } from '../../base/visibleText.ts';

/** Attributes of an element; those without a value are left out. */
export type PictureAttributes = Readonly<Record<string, string | number | undefined>>;

/** An element of SVG as text; `content` is markup already. */
export function element(name: string, attributes: PictureAttributes, content = ''): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => ` ${key}="${escaped(value ?? '')}"`)
    .join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/** Any text as XML's character data: what XML 1.0 can't hold is made visible. https://www.w3.org/TR/xml/#charsets */
export const characters = (text: string): string => escaped(visibleText(text));

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Numbers to a hundredth of a pixel. */
function escaped(value: string | number): string {
  if (typeof value === 'number') return String(Math.round(value * 100) / 100);
  return value
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (mark) => entities[mark] ?? '');
}
