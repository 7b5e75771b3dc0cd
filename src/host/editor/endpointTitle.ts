import { shortened, visibleText } from '../../core/base/visibleText.ts';
import type { Handler } from '../../core/code/model.ts';
import type { OperationKey } from '../../core/correlate/figures.ts';

const longestTitle = 120;

/** `DELETE /api/orders/:id`; a path whose prefix is unknown begins with `…`. */
export function handlerTitle({ method, path, pathComplete }: Handler): string {
  return `${method} ${pathComplete ? '' : '…'}${path}`;
}

/** What to call an operation without a handler: method and route, else its span name. Hostile text made harmless. */
export function operationTitle({ method, route, name }: OperationKey): string {
  const title = method && route ? `${method} ${route}` : name;
  return visibleText(shortened(title, longestTitle));
}
