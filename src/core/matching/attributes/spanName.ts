import { message } from '../../base/message.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import type { Match } from '../match.ts';
import type { MatchContext } from '../matchContext.ts';
import { placeOf } from '../matchContext.ts';
import { methodSymbol } from '../lookups.ts';
import { isOfJavaScript } from './otherLanguage.ts';

const qualified = /^([A-Za-z_$][\w$]{0,200})\.([A-Za-z_$][\w$]{0,200})$/;

/** Last of the ladder: a span of the application's own that is called `Class.method`; weak. */
export function matchSpanName(
  span: RawSpan,
  row: number,
  context: MatchContext,
): Match | undefined {
  if (span.kind !== 'internal' && span.kind !== 'unspecified') return undefined;
  const [, className, name] = qualified.exec(span.name) ?? [];
  if (className === undefined || name === undefined || !isOfJavaScript(span)) return undefined;
  const all = context.index.methodsNamed(className, name);
  const root = placeOf(row, context).project?.root;
  const own = all.filter(
    ({ location }) => root !== undefined && location.path.startsWith(`${root}/`),
  );
  const [method, ...others] = own.length > 0 ? own : all;
  if (method === undefined) return undefined;
  return {
    location: method.location,
    symbol: methodSymbol(method),
    confidence: 'weak',
    reason: message("Only the span's name matches this method."),
    alternatives: others.map((other) => ({
      location: other.location,
      symbol: methodSymbol(other),
    })),
    handlerId: undefined,
    callId: undefined,
  };
}
