import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import { makeSpan } from './span.ts';

/** The two spans of NestJS above what a handler does: `request` and, in it, `handler`. */
export const nestLayers = (controller: string, callback: string): RawSpan[] => [
  makeSpan({
    id: 'request',
    duration: 900,
    attributes: {
      'nestjs.type': 'request_context',
      'nestjs.controller': controller,
      'nestjs.callback': callback,
    },
  }),
  makeSpan({
    id: 'handler',
    parent: 'request',
    start: 1,
    duration: 800,
    attributes: { 'nestjs.type': 'handler', 'nestjs.callback': callback },
  }),
];

/** @param name `Order.findMany`, `queryRaw`. */
export function prismaOperation(
  id: string,
  parent: string,
  start: number,
  name: string,
  duration = 5,
): RawSpan {
  const [model, method = name] = name.includes('.') ? name.split('.') : [];
  return makeSpan({
    id,
    parent,
    start,
    duration,
    name: 'prisma:client:operation',
    attributes: { name, method, ...(model === undefined ? {} : { model }) },
  });
}
