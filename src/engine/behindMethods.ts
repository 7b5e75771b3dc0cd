import { message } from '../core/base/message.ts';
import { SourceError } from '../core/base/sourceError.ts';
import type { TimeWindow } from '../core/base/timeWindow.ts';
import { endpointsBehind, isAsked } from '../core/correlate/behind/endpointsBehind.ts';
import {
  parseQuestion,
  questionText,
  type BehindQuestion,
} from '../core/correlate/behind/question.ts';
import { seenQuestions } from '../core/correlate/behind/questions.ts';
import type { SampledRequest } from '../core/correlate/behind/sampledRequests.ts';
import type { FiguresAnswer } from '../core/ports.ts';
import type { Handlers } from '../protocol/rpc.ts';
import type { EngineParts } from './engineParts.ts';
import { sampleCallSites } from './figuresMethods.ts';
import type { BehindAnswer, EngineMethods } from './methods.ts';
import { searchedRequests } from './searchedRequests.ts';

type BehindMethods = Pick<EngineMethods, 'endpointsBehind' | 'seenQuestions'>;

/** Traces read to know what stands in front of what, where none were read for other reasons. */
const mostSampled = 200;

/** Which endpoints are behind what somebody saw on a dashboard. */
export function behindMethods(parts: EngineParts): Handlers<BehindMethods> {
  return {
    endpointsBehind: ({ asked, window }, signal) => answer(parts, asked, window, signal),
    seenQuestions: async ({ window }, signal) => {
      const figures = await readFigures(parts, window, signal);
      await readSample(parts, window, signal);
      return seenQuestions(parts.correlation.known(figures));
    },
  };
}

async function answer(
  parts: EngineParts,
  asked: string,
  window: TimeWindow,
  signal: AbortSignal,
): Promise<BehindAnswer> {
  const question = parseQuestion(asked);
  if (question === undefined)
    throw new SourceError(
      'rejected',
      message('Type a method, a status, or the name of a Traefik router or service.'),
    );
  const figures = await readFigures(parts, window, signal);
  const { basis, sampledTraces, complete, reason } = figures;
  const bounds = { window: figures.window, basis, sampledTraces, complete, reason };
  const answered = { ...bounds, asked: questionText(question) };
  if (question.kind === 'requests' && question.status === '') {
    const endpoints = endpointsBehind(question, parts.correlation.known(figures));
    return { ...answered, endpoints, sample: undefined };
  }
  await readSample(parts, window, signal);
  const searched = await searchedRequests(question, parts, window, signal);
  const known = parts.correlation.known(figures);
  const requests = together(question, known.sample, searched);
  return {
    ...answered,
    endpoints: endpointsBehind(question, known, requests),
    sample: {
      about: question.kind === 'proxy' ? 'proxy' : 'status',
      requests: requests.length,
      ended: requests.filter(({ spans }) => spans.length === 0).length,
      isSearched: isWhole(question, searched),
    },
  };
}

/** Those that were looked for are all of a status, newest first: the sample has the slowest traces too, which stand out. */
const isWhole = (question: BehindQuestion, searched: readonly SampledRequest[]): boolean =>
  question.kind === 'requests' && !question.status.endsWith('xx') && searched.length > 0;

function together(
  question: BehindQuestion,
  sample: readonly SampledRequest[],
  searched: readonly SampledRequest[],
): readonly SampledRequest[] {
  if (isWhole(question, searched)) return searched;
  const known = new Set(searched.map(({ traceId }) => traceId));
  const others = sample.filter(({ traceId }) => !known.has(traceId));
  return [...searched, ...others.filter((request) => isAsked(request, question))];
}

async function readFigures(
  { sources, correlation }: EngineParts,
  window: TimeWindow,
  signal: AbortSignal,
): Promise<FiguresAnswer> {
  const figures = await sources.figures.read(window, false, signal);
  correlation.setFigures(figures, sources.source.label);
  return figures;
}

async function readSample(parts: EngineParts, window: TimeWindow, signal: AbortSignal) {
  if (!parts.correlation.hasSample)
    await sampleCallSites(parts, { window, traces: mostSampled }, signal);
}
