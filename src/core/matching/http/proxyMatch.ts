import { message } from '../../base/message.ts';
import { shortened } from '../../base/visibleText.ts';
import { proxySpanOf, type ProxySpan } from '../../trace/proxySpan.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import type { Unmapped } from '../match.ts';
import { unmapped } from '../handlerMatch.ts';

/**
 * What a proxy's span is, and that it has no line; undefined for any other span. A proxy has the routes of what is
 * behind it, and is none of its handlers: its spans are matched with no code.
 */
export function matchProxySpan(span: RawSpan): Unmapped | undefined {
  const proxy = proxySpanOf(span);
  if (proxy === undefined) return undefined;
  const noCode = message('{0} is a proxy and has no code here.', span.resource.service);
  return unmapped('proxy', `${proxyText(proxy, span)} ${noCode}`.trim());
}

const longestRule = 300;

/** What the part is by the product's own words; empty where there is no more to say than that it is a proxy. */
function proxyText({ product, part, name, rule, service }: ProxySpan, span: RawSpan): string {
  switch (part) {
    case 'entry':
      return name === ''
        ? message('Request received by {0}.', product)
        : message('Request received by {0} at entry point {1}.', product, name);
    case 'router':
      return message(
        '{0} router {1} to service {2}, rule: {3}.',
        product,
        name,
        service,
        shortened(rule, longestRule),
      );
    case 'service':
      return message('{0} service {1}.', product, name);
    case 'middleware':
      return message('{0} middleware {1} of type {2}.', product, name, span.name);
    case 'forward':
      return message('Request passed on by {0}.', product);
    case 'check':
      return message('Authentication request sent by {0}.', product);
    case 'other':
      return '';
  }
}
