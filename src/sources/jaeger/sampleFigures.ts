import type { TimeWindow } from '../../core/base/timeWindow.ts';
import { message } from '../../core/base/message.ts';
import type { FiguresAnswer, Operation } from '../../core/ports.ts';
import type { JaegerApi } from './api.ts';
import { askEach } from './askEach.ts';
import { operationId, Sample } from './sample.ts';

/** An operation with fewer spans than this in the first sample gets a sample of its own. */
const enough = 20;
const mostServices = 50;
const mostOperations = 150;

/**
 * Figures from samples. First the newest traces of each service; where these are not all there are, a
 * rare endpoint may be missing among the common ones, so each server and consumer operation that was
 * seen fewer than 20 times is asked for by name. What the first sample has enough of is counted from it
 * alone: the traces of a rare caller would tilt it. docs/decisions/jaeger-figures.md has numbers.
 * @param sampleSize traces asked for at first, shared among the services
 * @param isLate from when it holds, no further question is asked
 */
export async function sampleFigures(
  api: JaegerApi,
  window: TimeWindow,
  sampleSize: number,
  isLate: () => boolean,
  signal: AbortSignal,
): Promise<Omit<FiguresAnswer, 'fetchedAt'>> {
  const sample = new Sample(window, enough);
  const services = await api.services(signal);
  if (services.length > mostServices) sample.because(tooManyServices(services.length));
  const asked = services.slice(0, mostServices);
  const limit = Math.max(enough, Math.ceil(sampleSize / Math.max(1, asked.length)));

  const cut: string[] = [];
  const unread = await askEach(asked, isLate, signal, async (service, each) => {
    const question = { ...everything(window), service, operation: undefined, limit };
    if (await sample.readNewest(api, question, each)) cut.push(service);
  });
  if (unread.failure) throw unread.failure;
  const rare: RareOperation[] = [];
  const unlisted = await askEach(cut, isLate, signal, async (service, each) => {
    rare.push(...rareAmong(await api.operations(service, each), service, sample.newestCounts()));
  });
  rare.sort((a, b) => a.count - b.count);
  if (rare.length > mostOperations) sample.because(tooManyOperations(rare.length));
  const missed = await askEach(rare.slice(0, mostOperations), isLate, signal, (one, each) =>
    sample.readRare(api, { ...everything(window), ...one, limit: enough }, each),
  );
  for (const { reasons } of [unread, unlisted, missed]) sample.because(...reasons);
  if (cut.length > 0) sample.because(newestOnly(limit, enough));
  return { ...sample.answer(), window };
}

const everything = (window: TimeWindow) =>
  ({ minDuration: undefined, errorsOnly: false, window }) as const;

interface RareOperation {
  readonly service: string;
  readonly operation: string;
  /** Spans of it in the first sample. */
  readonly count: number;
}

/** The operations that answer requests and that the first sample has too few spans of. */
const rareAmong = (
  operations: readonly Operation[],
  service: string,
  counts: ReadonlyMap<string, number>,
): readonly RareOperation[] =>
  operations
    .filter(({ kind }) => answersRequests.has(kind))
    .map(({ name }) => ({
      service,
      operation: name,
      count: counts.get(operationId(service, name)) ?? 0,
    }))
    .filter(({ count }) => count < enough);

/** Jaeger before 1.16 has no kinds. */
const answersRequests: ReadonlySet<string> = new Set(['server', 'consumer', '']);

const tooManyServices = (count: number): string =>
  message('Only {0} of {1} services were asked.', mostServices, count);

const tooManyOperations = (count: number): string =>
  message('Only {0} of {1} rare operations were asked for.', mostOperations, count);

const newestOnly = (newest: number, rare: number): string =>
  message(
    'Figures are of the newest {0} traces of each service and the newest {1} of each rare operation.',
    newest,
    rare,
  );
