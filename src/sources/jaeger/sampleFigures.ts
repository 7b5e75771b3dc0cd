import type { TimeWindow } from '../../core/base/timeWindow.ts';
import { elapsed, fromMilliseconds } from '../../core/base/units.ts';
import { message } from '../../core/base/message.ts';
import type { Clock, FiguresAnswer } from '../../core/ports.ts';
import { inParallel } from '../search/inParallel.ts';
import type { JaegerApi } from './api.ts';
import { questionsAtOnce } from './findTraces.ts';
import { operationId, Sample } from './sample.ts';

export interface SampleLimits {
  /** Traces asked for in all, shared among the services. */
  readonly sampleSize: number;
  /** After this long no further question is asked. */
  readonly budgetMs: number;
}

/** An operation with fewer spans than this in the first sample gets a sample of its own. */
const enough = 20;
const mostServices = 50;
const mostQuestions = 150;

/**
 * Figures from samples. First the newest traces of each service; where these are not all there are, a
 * rare endpoint may be missing among the common ones, so each server and consumer operation that was
 * seen fewer than 20 times is asked for by name. What the first sample has enough of is counted from it
 * alone: the traces of a rare caller would tilt it. docs/decisions/jaeger-figures.md has numbers.
 */
export async function sampleFigures(
  api: JaegerApi,
  window: TimeWindow,
  { sampleSize, budgetMs }: SampleLimits,
  clock: Clock,
  signal: AbortSignal,
): Promise<FiguresAnswer> {
  const started = clock.now();
  const isLate = () => elapsed(started, clock.now()) > fromMilliseconds(budgetMs);
  const sample = new Sample(window, enough);
  const services = await api.services(signal);
  if (services.length > mostServices) sample.because(tooManyServices(services.length));
  const asked = services.slice(0, mostServices);
  const limit = Math.max(enough, Math.ceil(sampleSize / Math.max(1, asked.length)));

  const cut: string[] = [];
  await inParallel(asked, questionsAtOnce, signal, async (service, each) => {
    const question = { ...everything(window), service, operation: undefined, limit };
    if (await sample.readNewest(api, question, each)) cut.push(service);
  });
  const rare = await rareOperations(api, cut, sample, signal);
  if (rare.length > mostQuestions) sample.because(tooManyOperations(rare.length));
  await inParallel(rare.slice(0, mostQuestions), questionsAtOnce, signal, async (one, each) => {
    if (isLate()) sample.because(outOfTime());
    else await sample.readRare(api, { ...everything(window), ...one, limit: enough }, each);
  });
  if (cut.length > 0) sample.because(newestOnly(limit, enough));
  return { ...sample.answer(), window, fetchedAt: clock.now() };
}

const everything = (window: TimeWindow) =>
  ({ minDuration: undefined, errorsOnly: false, window }) as const;

/** The operations that answer requests and that the first sample has too few spans of, rarest first. */
async function rareOperations(
  api: JaegerApi,
  services: readonly string[],
  sample: Sample,
  signal: AbortSignal,
): Promise<readonly { service: string; operation: string }[]> {
  const counts = sample.newestCounts();
  const countOf = (service: string, name: string) => counts.get(operationId(service, name)) ?? 0;
  const lists = await inParallel(services, questionsAtOnce, signal, async (service, each) =>
    (await api.operations(service, each))
      .filter(({ kind, name }) => answersRequests.has(kind) && countOf(service, name) < enough)
      .map(({ name }) => ({ service, operation: name })),
  );
  return lists
    .flat()
    .sort((a, b) => countOf(a.service, a.operation) - countOf(b.service, b.operation));
}

/** Jaeger before 1.16 has no kinds. */
const answersRequests: ReadonlySet<string> = new Set(['server', 'consumer', '']);

const tooManyServices = (count: number): string =>
  message('Only {0} of {1} services were asked.', mostServices, count);

const tooManyOperations = (count: number): string =>
  message('Only {0} of {1} rare operations were asked for.', mostQuestions, count);

const newestOnly = (newest: number, rare: number): string =>
  message(
    'Figures are of the newest {0} traces of each service and the newest {1} of each rare operation.',
    newest,
    rare,
  );

const outOfTime = (): string =>
  message('Jaeger answers slowly: not every rare operation was asked for.');
