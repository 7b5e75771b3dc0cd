import { pathShape } from './pathShape.ts';

/** A method, then an address with a path: `GET tax/rates/7`. */
const address = /^([A-Z]{3,10} (?:https?:\/\/)?[^\s/]*)(\/\S*)$/;

/** What labels of calls to one place have in common, whatever ids are in their paths: `GET tax/rates/*`; else the label. */
export function alikeLabel(label: string): string {
  const [, place, path] = address.exec(label) ?? [];
  return place === undefined || path === undefined ? label : place + pathShape(path);
}
