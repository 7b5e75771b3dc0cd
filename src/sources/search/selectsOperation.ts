import {
  layerOf,
  type OperationKey,
  type OperationSelector,
} from '../../core/correlate/operationKinds.ts';

/** Whether spans of that key are what the selector asks for. */
export function selectsOperation(selector: OperationSelector, key: OperationKey): boolean {
  if (layerOf(selector) !== layerOf(key)) return false;
  const parts: Readonly<Record<string, unknown>> = { ...key };
  return Object.entries(selector).every(
    ([part, asked]) =>
      part === 'kind' || isNotAsked(asked) || String(asked) === String(parts[part]),
  );
}

const isNotAsked = (asked: unknown): boolean =>
  asked === undefined ||
  asked === '' ||
  asked === false ||
  (Array.isArray(asked) && asked.length === 0);
