import type { GraphqlHandler, HttpHandler, MessageHandler } from '../model.ts';

/** What a title is made of. */
type TitledHandler = { readonly handler: string } & (
  | (Pick<HttpHandler, 'kind' | 'method' | 'path'> & Partial<Pick<HttpHandler, 'pathComplete'>>)
  | Pick<GraphqlHandler, 'kind' | 'operation' | 'name' | 'parent'>
  | Pick<MessageHandler, 'kind' | 'pattern'>
);

/**
 * What to call a handler: `DELETE /api/orders/:id`, `query orders`, `field Order.items`, `queue mail/send`.
 * A path whose prefix is unknown begins with `…`; what only the running program knows is the method's name.
 */
export function handlerTitle(handler: TitledHandler): string {
  switch (handler.kind) {
    case 'http':
      return `${handler.method} ${handler.pathComplete === false ? '…' : ''}${handler.path}`;
    case 'graphql': {
      const { operation, parent } = handler;
      const name = handler.name || handler.handler;
      return operation === 'field' && parent !== ''
        ? `field ${parent}.${name}`
        : `${operation} ${name}`;
    }
    case 'cqrs':
      return handler.pattern || handler.handler;
    default:
      return `${handler.kind} ${handler.pattern || handler.handler}`;
  }
}
