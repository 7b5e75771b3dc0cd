import { partShape } from './pathShape.ts';

/** A method, then an address: `GET tax/rates/7`. What has no host is a route, whose parts people wrote. */
const address = /^([A-Z]{3,10} (?:https?:\/\/)?[^\s/]+)(\/\S*)$/;

/** What labels of calls to one place have in common, whatever ids are in their paths: `GET tax/rates/*`; else the label. */
export function alikeLabel(label: string): string {
  const [, place, path] = address.exec(label) ?? [];
  if (place === undefined || path === undefined) return label;
  return place + path.split('/').map(partShape).join('/');
}
