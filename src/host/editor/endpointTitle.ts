import { shortened, visibleText } from '../../core/base/visibleText.ts';
import type { OperationKey } from '../../core/correlate/figures.ts';

const longestTitle = 120;

/** What to call an operation without a handler: method and route, else its span name. Hostile text made harmless. */
export function operationTitle({ method, route, name }: OperationKey): string {
  const title = method && route ? `${method} ${route}` : name;
  return visibleText(shortened(title, longestTitle));
}
