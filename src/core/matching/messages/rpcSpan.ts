import { message } from '../../base/message.ts';
import type { CodeIndex, MessageHandler } from '../../code/model.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import type { SpanMatch } from '../match.ts';
import { handlerMatch, unmapped } from '../handlerMatch.ts';
import { placeOf, serviceOf, type MatchContext } from '../matchContext.ts';
import { lookupsOf } from '../lookups.ts';
import { rpcOf } from './rpcNames.ts';
import { elsewhere, type ServicePlace } from '../servicePlace.ts';

/** Server spans of gRPC: the method with `@GrpcMethod` of their service and method; undefined for any other. */
export function matchRpcSpan(
  span: RawSpan,
  row: number,
  context: MatchContext,
): SpanMatch | undefined {
  const rpc = span.kind === 'server' ? rpcOf(span) : undefined;
  return rpc === undefined
    ? undefined
    : matchRpc(rpc, serviceOf(row, context), placeOf(row, context), context.index);
}

/** @param rpc `Invoices/FindOne`: without the package. */
export function matchRpc(
  rpc: string,
  service: string,
  place: ServicePlace,
  index: CodeIndex,
): SpanMatch {
  const all = rpcHandlers(rpc, index);
  if (all.length === 0) {
    return unmapped('noListener', message('No handler found for {0}.', rpc));
  }
  const own = all.filter(({ project }) => project === place.project?.id);
  const reason = message('Handles gRPC method {0}.', rpc);
  if (own.length > 0) return handlerMatch(own, 'strong', reason);
  return handlerMatch(all, 'likely', `${reason} ${elsewhere(service, place)}`);
}

export const rpcHandlers = (rpc: string, index: CodeIndex): readonly MessageHandler[] =>
  lookupsOf(index).messageHandlers.filter(
    ({ kind, pattern }) => kind === 'grpc' && pattern === rpc,
  );
