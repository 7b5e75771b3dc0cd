import { shortened, visibleText } from '../../core/base/visibleText.ts';
import type { OperationKey } from '../../core/correlate/operationKinds.ts';
import { operationName } from '../../core/correlate/operationKey.ts';

const longestTitle = 120;

/** What to call an operation without a handler. Hostile text made harmless. */
export function operationTitle(key: OperationKey): string {
  return visibleText(shortened(operationName(key), longestTitle));
}
