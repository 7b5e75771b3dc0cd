import type { CodeIndex, MessageHandler } from '../../code/model.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import { isKnownSystem, listenersOf, surestOf } from '../../matching/messages/listeners.ts';
import { lookupsOf } from '../../matching/lookups.ts';
import { messageNames } from '../../matching/messages/messageNames.ts';
import { rpcOf } from '../../matching/messages/rpcNames.ts';
import { rpcHandlers } from '../../matching/messages/rpcSpan.ts';

/** The handlers of the workspace that what the span sends is for, by its topic, queue, channel or method. */
export function handlersFor(span: RawSpan, index: CodeIndex): readonly MessageHandler[] {
  const rpc = rpcOf(span);
  if (rpc !== undefined) return rpcHandlers(rpc, index);
  const names = messageNames(span);
  // What a socket's server sends is for its clients.
  if (names === undefined || !isKnownSystem(names.system) || names.system === 'socket.io')
    return [];
  const found = listenersOf(lookupsOf(index).messageHandlers, names);
  // Where nothing is known of a handler's queue, it may be any.
  const known = found.filter(({ fit }) => fit !== 'open');
  return surestOf(known, names).map(({ handler }) => handler);
}
