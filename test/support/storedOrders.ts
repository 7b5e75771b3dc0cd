import type { SpanMatch } from '../../src/core/matching/match.ts';
import { isMatch } from '../../src/core/matching/match.ts';
import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import { indexFiles } from './memoryWorkspace.ts';
import { mapSpans } from './mapTrace.ts';
import { nestLayers } from './prismaSpans.ts';

/** The body of the class `Orders`, whose `run` the controller calls; its members are given to it by its constructor. */
interface OrdersCode {
  readonly imports: string;
  readonly members: string;
  readonly body: string;
}

/** Where spans below a handler lead: `strong Redis GET user:* 9`, `likely … or …` with others that fit, else why not. */
export function placesOf(code: OrdersCode, spans: readonly RawSpan[]): string[] {
  const { trace, matches } = mapOrders(code, spans);
  return spans.map(({ spanId }) => {
    const row = trace.spans.findIndex((span) => span.spanId === spanId);
    return shown(matches[row]!);
  });
}

/** A request of the controller with the spans below its handler, mapped. */
export function mapOrders(code: OrdersCode, spans: readonly RawSpan[]) {
  const index = indexFiles({
    'package.json': '{ "name": "shop-api" }',
    'orders.controller.ts': `import { Controller, Get } from '@nestjs/common';
import { Orders } from './orders';
@Controller('orders') export class OrdersController {
  constructor(private readonly orders: Orders) {}
  @Get() list() { return this.orders.run(); }
}`,
    'orders.ts': `${code.imports}
export class Orders {
  constructor(${code.members}) {}
${code.body}
}`,
  });
  return mapSpans([...nestLayers('OrdersController', 'list'), ...spans], index);
}

function shown(match: SpanMatch): string {
  if (!isMatch(match)) return match.cause;
  const { confidence, symbol, location, alternatives } = match;
  const others = alternatives.map(({ location: other }) => ` or ${other.line}`).join('');
  return `${confidence} ${symbol.replace(/ in Orders\.\w+$/, '')} ${location.line}${others}`;
}
