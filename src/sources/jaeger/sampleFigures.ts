import type { TimeWindow } from '../../core/base/timeWindow.ts';
import { message } from '../../core/base/message.ts';
import type { FiguresAnswer, Operation } from '../../core/ports.ts';
import type { JaegerApi } from './api.ts';
import { askEach } from './askEach.ts';
import { operationId, Sample } from './sample.ts';
import { TraceBudget } from './traceBudget.ts';

/** An operation with fewer spans than this in the first sample gets a sample of its own. */
const enough = 20;
const mostServices = 50;
const mostOperations = 150;

/**
 * Figures from samples. First, with half of the traces, the newest of each service; where these are not
 * all there are, a rare endpoint may be missing among the common ones, so each server and consumer
 * operation that was seen fewer than 20 times is asked for by name, with the other half. What the first
 * sample has enough of is counted from it alone: the traces of a rare caller would tilt it.
 * docs/decisions/jaeger-figures.md has numbers.
 * @param sampleSize traces read at most, of all services and operations together
 * @param isLate from when it holds, no further question is asked
 */
export async function sampleFigures(
  api: JaegerApi,
  window: TimeWindow,
  sampleSize: number,
  isLate: () => boolean,
  signal: AbortSignal,
): Promise<Omit<FiguresAnswer, 'fetchedAt'>> {
  const budget = new TraceBudget(sampleSize);
  const sample = new Sample(window, enough, budget);
  const services = await api.services(signal);
  const half = Math.ceil(sampleSize / 2);
  const asked = services.slice(0, Math.min(mostServices, half));
  if (asked.length < services.length)
    sample.because(tooManyServices(asked.length, services.length));
  const newest = Math.floor(half / Math.max(1, asked.length));

  const cut: string[] = [];
  const unread = await askEach(asked, isLate, signal, async (service, each) => {
    const question = { ...everything(window), service, operation: undefined, limit: newest };
    if (await sample.readNewest(api, question, each)) cut.push(service);
  });
  if (unread.failure) throw unread.failure;
  const rare: RareOperation[] = [];
  const isStrained = () => unread.overloaded || isLate();
  const unlisted = await askEach(cut, isStrained, signal, async (service, each) => {
    rare.push(...rareAmong(await api.operations(service, each), service, sample.newestCounts()));
  });
  const questions = shareOut(rare, budget.left);
  if (questions.length < rare.length)
    sample.because(tooManyOperations(questions.length, rare.length));
  const missed = await askEach(questions, isStrained, signal, ({ service, name, limit }, each) =>
    sample.readRare(api, { ...everything(window), service, operation: name, limit }, each),
  );
  for (const one of [unread, unlisted, missed]) {
    sample.because(...one.reasons);
    sample.strained(one.overloaded);
  }
  if (cut.length > 0) sample.because(newestOnly(newest));
  return { ...sample.answer(), window };
}

const everything = (window: TimeWindow) =>
  ({ minDuration: undefined, errorsOnly: false, window }) as const;

interface RareOperation {
  readonly service: string;
  readonly name: string;
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
    .map(({ name }) => ({ service, name, count: counts.get(operationId(service, name)) ?? 0 }))
    .filter(({ count }) => count < enough);

/**
 * How many traces each rare operation is asked for, the rarest first: an equal part of what is left, and
 * not more than is enough. One that has as many already is left out.
 */
function shareOut(
  rare: readonly RareOperation[],
  traces: number,
): readonly (RareOperation & { readonly limit: number })[] {
  const rarest = rare.toSorted((a, b) => a.count - b.count).slice(0, mostOperations);
  const asked: (RareOperation & { readonly limit: number })[] = [];
  let left = traces;
  for (const [index, operation] of rarest.entries()) {
    const part = Math.max(1, Math.floor(left / (rarest.length - index)));
    const limit = Math.min(enough, part, left);
    if (limit <= operation.count) continue;
    asked.push({ ...operation, limit });
    left -= limit;
  }
  return asked;
}

/** Jaeger before 1.16 has no kinds. */
const answersRequests: ReadonlySet<string> = new Set(['server', 'consumer', '']);

const tooManyServices = (asked: number, count: number): string =>
  message('Only {0} of {1} services were queried.', asked, count);

const tooManyOperations = (asked: number, count: number): string =>
  message('Only {0} of {1} rare operations were queried.', asked, count);

const newestOnly = (newest: number): string =>
  message(
    'Metrics are based on the latest {0} traces of each service and up to {1} of each rare operation.',
    newest,
    enough,
  );
