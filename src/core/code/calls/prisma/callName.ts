import { isClientOperation } from './prismaOperations.ts';

/** As the code spells it: `order.findMany`, `$queryRaw`; `[model].count` where the model is computed. */
export function callName(call: {
  readonly model: string | undefined;
  readonly operation: string;
}): string {
  const { model, operation } = call;
  if (model !== undefined) return `${model.charAt(0).toLowerCase()}${model.slice(1)}.${operation}`;
  return isClientOperation(`$${operation}`) ? `$${operation}` : `[model].${operation}`;
}
