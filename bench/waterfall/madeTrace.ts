import { JaegerAnswer, processes, type Span, type Tags } from './jaegerText.ts';
import {
  clientSpan,
  expressSpan,
  handlerSpan,
  methodSpan,
  queryTags,
  serverSpan,
} from './madeSpans.ts';

/** A trace of the bench: its spans come as Jaeger's JSON, always the same for the same name. */
export interface MadeTrace {
  readonly name: string;
  readonly traceId: string;
  readonly shape: 'tree' | 'wide' | 'chain';
  readonly size: number;
  /** Part of the names of many spans, to look for. */
  readonly namePart: string;
}

const made = (name: string, shape: MadeTrace['shape'], size: number): MadeTrace => ({
  name,
  traceId: size.toString(16).padStart(8, '0').padEnd(32, 'a1'),
  shape,
  size,
  namePart: shape === 'chain' ? '/c7/' : 'operation',
});

/** Requests of NestJS and Prisma services below one root; many children of one span; spans each below the last. */
export const madeTraces: readonly MadeTrace[] = [
  made('1k', 'tree', 1_000),
  made('10k', 'tree', 10_000),
  made('100k', 'tree', 100_000),
  made('200k', 'tree', 200_000),
  made('1M', 'tree', 1_000_000),
  made('wide50k', 'wide', 50_000),
  made('chain5k', 'chain', 5_000),
  made('chain20k', 'chain', 20_000),
  made('chain72k', 'chain', 72_000),
];

/** Controllers of the generated workspace (`generateWorkspace`) that requests go to. */
export const controllers = 20;

const tenants = 50;
/** When made traces begin, µs since 1970. */
export const start = 1_795_340_499_000_000;

/** The answer of `/api/traces/{id}`, in pieces of some hundred kilobytes. */
export function* jaegerAnswer(trace: MadeTrace): Generator<Buffer> {
  yield Buffer.from('{"data":[');
  yield* traceText(trace);
  yield Buffer.from(answerEnd);
}

const answerEnd = '],"total":0,"limit":0,"offset":0,"errors":null}';
const searched = { count: 100, spans: 30 };

/** The answer of a search: traces as the editor reads them for its figures. */
export function searchAnswer(): Buffer {
  const traces = Array.from({ length: searched.count }, (_, at) => {
    const traceId = (at + 1).toString(16).padStart(32, 'b2');
    const trace = { ...made('searched', 'tree', searched.spans + (at % searched.spans)), traceId };
    return Buffer.concat([...traceText(trace)]).toString();
  });
  return Buffer.from(`{"data":[${traces.join()}${answerEnd}`);
}

function* traceText(trace: MadeTrace): Generator<Buffer> {
  const answer = new JaegerAnswer(trace);
  const text = [`{"traceID":"${trace.traceId}","spans":[`];
  let isFirst = true;
  for (const span of spansOf(trace, answer)) {
    text.push(isFirst ? span : `,${span}`);
    isFirst = false;
    if (text.length < 500) continue;
    yield Buffer.from(text.join(''));
    text.length = 0;
  }
  text.push(`],"processes":${processes},"warnings":null}`);
  yield Buffer.from(text.join(''));
}

/** The text of each span, when it has ended: children before their parent. */
function spansOf(trace: MadeTrace, answer: JaegerAnswer): Generator<string> {
  if (trace.shape === 'chain') return chain(trace, answer);
  return below(trace, answer);
}

function* below({ shape }: MadeTrace, answer: JaegerAnswer): Generator<string> {
  const gateway = { kind: 'internal', process: 'p1', parent: undefined, start } as const;
  const root = {
    ...gateway,
    ...serverSpan('POST', '/api/sync', 'gateway'),
    id: answer.next(),
    start,
  };
  const handler = {
    ...gateway,
    ...handlerSpan('SyncController', 'sync', '/api/sync'),
    id: answer.next(),
    parent: root.id,
    start: start + 200,
  };
  let now = start + 400;
  while (!answer.isFull()) {
    const spans: string[] = [];
    now =
      shape === 'wide'
        ? operation(answer, spans, handler.id, now, 0)
        : request(answer, spans, handler.id, now);
    now += 20 + answer.chance(100);
    yield* spans;
  }
  yield answer.text(handler, now + 10);
  yield answer.text(root, now + 300);
}

function* chain({ size }: MadeTrace, answer: JaegerAnswer): Generator<string> {
  let parent: string | undefined;
  for (let depth = 0; depth < size; depth += 1) {
    const id = answer.next();
    const route = `/api/c${depth % controllers}/:id/m0`;
    const span = {
      ...serverSpan('GET', route, 'things-api', route, answer.chance(tenants)),
      process: 'p2',
    };
    yield answer.text({ ...span, id, parent, start: start + depth }, start + 2 * size - depth);
    parent = id;
  }
}

/** A request that the gateway sends and a handler answers; puts its spans into `spans`, returns when it ended. */
function request(answer: JaegerAnswer, spans: string[], parent: string, start: number): number {
  const route = `/api/c${answer.chance(controllers)}/:id/m${answer.chance(8)}`;
  const url = route.replace(':id', String(answer.chance(1_000)));
  const failed = answer.chance(200) === 0;
  const put = (span: Omit<Span, 'id'>, body: (id: string) => number): number => {
    if (answer.isFull()) return span.start;
    const id = answer.next();
    const end = body(id) + 5 + answer.chance(40);
    spans.push(answer.text({ ...span, id }, end));
    return end;
  };
  const [, controller = '', method = ''] = /c(\d+)\/:id\/(m\d)/.exec(route) ?? [];
  const at = { process: 'p2', kind: 'internal' } as const;
  return put({ ...clientSpan(url), process: 'p1', parent, start }, (sent) =>
    put(
      {
        ...serverSpan('GET', route, 'things-api', url),
        process: 'p2',
        parent: sent,
        start: start + 150,
        failed,
      },
      (server) => {
        let now = start + 200;
        for (const name of ['query', 'expressInit', 'jsonParser'])
          now = put(
            { ...at, ...expressSpan('middleware', name), parent: server, start: now },
            () => now + 10,
          );
        return put(
          { ...at, ...expressSpan('request_handler', route), parent: server, start: now },
          (handled) =>
            put(
              {
                ...at,
                ...handlerSpan(`C${controller}Controller`, method, route),
                parent: handled,
                start: now,
                failed,
              },
              (context) =>
                put({ ...at, ...methodSpan(method), parent: context, start: now }, (ran) => {
                  now = operation(
                    answer,
                    spans,
                    ran,
                    now + 20,
                    Number(controller) + Number(method.slice(1)),
                  );
                  for (let row = answer.chance(6); row > 0; row -= 1)
                    now = operation(
                      answer,
                      spans,
                      ran,
                      now,
                      Number(controller) + Number(method.slice(1)) + 1,
                      'update',
                    );
                  return now;
                }),
            ),
        );
      },
    ),
  );
}

/** A call of Prisma; `wide` traces have nothing else. */
function operation(
  answer: JaegerAnswer,
  spans: string[],
  parent: string,
  start: number,
  model: number,
  method = 'findMany',
): number {
  if (answer.isFull()) return start;
  const at = { process: 'p2', scope: 'prisma', kind: 'internal' } as const;
  const id = answer.next();
  const name = `Thing${model % 50}`;
  let now = start + 10;
  for (const step of ['serialize', 'compile', 'db_query']) {
    if (answer.isFull() || model === 0) break;
    const end = now + 20 + answer.chance(step === 'db_query' ? 2_000 : 40);
    spans.push(
      answer.text(
        {
          ...at,
          id: answer.next(),
          parent: id,
          name: `prisma:client:${step}`,
          start: now,
          tags: queryTags(name, method, answer.chance(100_000)),
        },
        end,
      ),
    );
    now = end;
  }
  const tags: Tags = [
    ['method', method],
    ['model', name],
    ['name', `${name}.${method}`],
    ['tenant.id', `tenant-${answer.chance(tenants)}`],
    ['app.release', '2026.11.3'],
    ['deployment.region', 'eu-central-1'],
  ];
  const end = now + 10 + answer.chance(50);
  spans.push(answer.text({ ...at, id, parent, name: 'prisma:client:operation', start, tags }, end));
  return end;
}
