import { shortened, visibleText } from '../../core/base/visibleText.ts';
import type { OperationKey } from '../../core/matching/operations/operationKinds.ts';
import { operationName } from '../../core/matching/operations/operationKey.ts';

const longestTitle = 120;

/** What to call an operation without a handler. Hostile text made harmless. */
export function operationTitle(key: OperationKey): string {
  return visibleText(shortened(operationName(key), longestTitle));
}
