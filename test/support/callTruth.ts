import { attributeOf, textAttribute, type RawSpan } from '../../src/core/trace/rawSpan.ts';

const comment = / \/\* asked: ([\w. ]*) \*\/$/;

/** `test.asked` in place of the comment that askedQueries.ts puts into statements: `['Loan.findUnique']`. */
export const withAsked = (spans: readonly RawSpan[]): readonly RawSpan[] =>
  spans.map((span) => {
    const statement = textAttribute(span.attributes, 'db.query.text');
    const asked = comment.exec(statement ?? '')?.[1];
    if (statement === undefined || asked === undefined) return span;
    const attributes = span.attributes.map((one) =>
      one.key === 'db.query.text' ? { key: one.key, value: statement.replace(comment, '') } : one,
    );
    return { ...span, attributes: [...attributes, { key: 'test.asked', value: asked.split(' ') }] };
  });

const operation = 'prisma:client:operation';
const transaction = 'prisma:client:transaction';

/**
 * The calls that Prisma's spans inside of calls belong to, by what each query was asked for and not by where it hangs:
 * of the calls that ran at that time, and did nothing themselves or have it below them, those of that model and
 * operation. Several, where several of them are alike. Undefined where it isn't known: what has no comment is judged
 * where no call could have run with the one above.
 */
export function callsBehind(
  spans: readonly RawSpan[],
): (span: RawSpan) => readonly RawSpan[] | undefined {
  const byId = new Map(spans.map((span) => [`${span.traceId} ${span.spanId}`, span]));
  const parentOf = (span: RawSpan) => byId.get(`${span.traceId} ${span.parentSpanId ?? ''}`);
  const working = new Set<RawSpan | undefined>();
  for (const span of spans) {
    if (span.name !== 'prisma:client:serialize' && span.name.startsWith('prisma:'))
      working.add(parentOf(span));
  }
  const calls = spans.filter(({ name }) => name === operation);
  const byRequest = Map.groupBy(calls, requestOf);

  const asking = (span: RawSpan, above: RawSpan, asked: readonly string[]) =>
    asked.flatMap((request) =>
      (byRequest.get(`${span.resource.service} ${plain(request)}`) ?? []).filter(
        (call) => (call === above || !working.has(call)) && overlaps(call, span),
      ),
    );
  const isArray = (above: RawSpan) =>
    parentOf(above)?.name === transaction &&
    calls.some(
      (call) => call !== above && !working.has(call) && parentOf(call) === parentOf(above),
    );

  const idle = calls.filter((call) => !working.has(call));
  const isAlone = (above: RawSpan) =>
    !idle.some(
      (call) =>
        call.traceId === above.traceId &&
        call.start <= above.start + above.duration &&
        above.start <= call.start + call.duration,
    );

  return (span) => {
    let part: RawSpan | undefined = span;
    for (; part !== undefined; part = parentOf(part)) {
      const above = parentOf(part);
      const asked = attributeOf(part.attributes, 'test.asked') ?? compiledFor(part);
      if (above?.name === transaction) return [above];
      if (above?.name !== operation) continue;
      if (part.name === 'prisma:client:serialize') return [above];
      if (Array.isArray(asked) && new Set(asked).size === 1) {
        const found = [...new Set(asking(part, above, asked as string[]))];
        return found.length > 0 ? found : undefined;
      }
      if (part.name === 'prisma:client:db_query') return isAlone(above) ? [above] : undefined;
      const around = parentOf(above);
      return isArray(above) && around ? [around] : [above];
    }
    return undefined;
  };
}

function compiledFor({ name, attributes }: RawSpan): readonly string[] | undefined {
  if (name !== 'prisma:client:compile') return undefined;
  const models = attributeOf(attributes, 'models');
  const actions = attributeOf(attributes, 'actions');
  if (!Array.isArray(models) || !Array.isArray(actions)) return undefined;
  return actions.map((action, at) => `${String(models[at] ?? '')}.${String(action)}`);
}

const requestOf = ({ attributes, resource }: RawSpan) => {
  const method = textAttribute(attributes, 'method') ?? '';
  return `${resource.service} ${plain(`${textAttribute(attributes, 'model') ?? ''}.${method}`)}`;
};

/** Prisma's engine calls `create` `createOne`, and counts with `aggregate`. */
const plain = (request: string) => request.replace(/One$/, '').replace(/\.count$/, '.aggregate');

/** Starts are in whole milliseconds. */
const overlaps = (call: RawSpan, query: RawSpan) =>
  call.start <= query.start + 1_000 &&
  query.start + query.duration <= call.start + call.duration + 1_000;
