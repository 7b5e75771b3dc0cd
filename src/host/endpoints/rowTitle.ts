import { handlerTitle } from '../../core/code/nest/handlerTitle.ts';
import type { EndpointRow } from '../../core/correlate/endpoints/endpoints.ts';
import { operationTitle } from '../editor/endpointTitle.ts';

/** `DELETE /api/orders/:id`, whether the row has a handler or only spans. */
export function rowTitle({ handler, key }: EndpointRow): string {
  if (handler) return handlerTitle(handler);
  return key ? operationTitle(key) : '';
}
