import { z } from 'zod';
import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import type { Operation } from '../../core/ports.ts';
import { readAddress } from './address.ts';
import { readAnswer, type Asked, type Envelope } from './answer.ts';
import { readTraces, type JaegerTraces } from './readTraces.ts';
import { openRequests, type RequestLimits } from './request.ts';
import { hideSecrets } from './secrets.ts';
import { ShapeError } from './shape.ts';
import { traceParameters, type TracesQuestion } from './tracesQuestion.ts';

/** The questions Spanhop asks of a Jaeger, whichever of its APIs answers them. */
export interface JaegerApi {
  /** The address without credentials. */
  readonly shown: string;
  /** In no order. */
  services(signal: AbortSignal): Promise<readonly string[]>;
  operations(service: string, signal: AbortSignal): Promise<readonly Operation[]>;
  /** Whole traces with a span that meets the question, at most `limit`, in no order. */
  traces(question: TracesQuestion, signal: AbortSignal): Promise<JaegerTraces>;
  /** @throws SourceError `notFound` */
  trace(traceId: string, signal: AbortSignal): Promise<JaegerTraces>;
}

const serviceNames = z.array(z.string()).nullable();
const operationList = z
  .array(z.object({ name: z.string(), spanKind: z.string().default('') }))
  .nullable();

/**
 * The JSON API of Jaeger 1.x (and of 2.x up to 2.20) under `<url>/api`.
 * @throws SourceError `rejected` when `url` isn't a web address
 * @see https://github.com/jaegertracing/jaeger/blob/v1.67.0/cmd/query/app/http_handler.go
 */
export function openJsonApi({
  url,
  headers,
  ...limits
}: RequestLimits & {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}): JaegerApi {
  const address = readAddress(url);
  const hide = hideSecrets([...Object.values(headers), address.password]);
  const get = openRequests(address, headers, limits, hide);
  const shown = address.shown;

  const ask = async (path: string, parameters: Record<string, string>, signal: AbortSignal) => {
    const answer = await get(path, new URLSearchParams(parameters), signal);
    const asked = { shown, path, hide };
    return { answer, asked, read: () => readAnswer(answer, asked) };
  };

  return {
    shown,
    services: async (signal) => {
      const { asked, read } = await ask('/api/services', {}, signal);
      return parse(serviceNames, read(), asked) ?? [];
    },
    operations: async (service, signal) => {
      const { asked, read } = await ask('/api/operations', { service }, signal);
      const operations = parse(operationList, read(), asked) ?? [];
      return operations.map(({ name, spanKind }) => ({ name, kind: spanKind }));
    },
    traces: async (question, signal) => {
      const { asked, read } = await ask('/api/traces', traceParameters(question), signal);
      return tracesIn(read(), asked);
    },
    trace: async (traceId, signal) => {
      const { answer, asked, read } = await ask(`/api/traces/${traceId}`, {}, signal);
      if (answer.status === 404) throw notFound(asked, traceId, answer.body);
      return tracesIn(read(), asked);
    },
  };
}

function parse<T>(schema: z.ZodType<T>, { data }: Envelope, asked: Asked): T {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw notJaeger(asked, `data.${parsed.error.issues[0]?.path.join('.') ?? ''}`);
}

function tracesIn({ data }: Envelope, asked: Asked): JaegerTraces {
  try {
    return readTraces(data);
  } catch (error) {
    if (error instanceof ShapeError) throw notJaeger(asked, `${error.position}: ${error.message}`);
    throw error;
  }
}

const notJaeger = ({ shown, path }: Asked, where: string) =>
  new SourceError(
    'malformed',
    message("{0} answered with JSON that isn't Jaeger's. Is the address right?", shown),
    `${path}: ${where}`,
  );

/** Jaeger's own 404 says so in its envelope; another one comes from a wrong path. */
function notFound({ shown }: Asked, traceId: string, body: Buffer): SourceError {
  return new SourceError(
    'notFound',
    body.toString('latin1', 0, 1_000).includes('trace not found')
      ? message(
          '{0} has no trace {1}. It may be older than Jaeger keeps traces, or not have arrived yet.',
          shown,
          traceId,
        )
      : message("{0} doesn't know the path of trace {1}. Check its base path.", shown, traceId),
  );
}
