import { epochMicroseconds } from '../../base/units.ts';
import type { CodeIndex } from '../../code/model.ts';
import type { FiguresAnswer } from '../../ports.ts';
import { endpointRows, type EndpointRow } from '../endpoints/endpoints.ts';
import { figuresFromTraces } from '../figures/figuresFromTraces.ts';
import { isRequestKey } from '../../matching/operations/operationKey.ts';
import type { ServiceFolders } from '../../matching/serviceFolders.ts';
import { fitsStatus, type BehindQuestion } from './question.ts';
import type { SampledRequest } from './sampledRequests.ts';

/** An endpoint that answers what was asked about. Plain data. */
export interface EndpointBehind {
  readonly endpoint: EndpointRow;
  /** Of the time that all of them together took, 0 to 1; undefined: not known. */
  readonly share: number | undefined;
  /**
   * Of a sample of its requests, how many came through the proxy's part that was asked about; undefined: that wasn't
   * asked, or the sample has none.
   */
  readonly through: { readonly count: number; readonly of: number } | undefined;
}

/** What is known of the requests of a window. */
export interface KnownRequests {
  readonly figures: FiguresAnswer;
  /** Of these figures. */
  readonly endpoints: readonly EndpointRow[];
  /** Of traces that were read whole, whatever they are about. */
  readonly sample: readonly SampledRequest[];
  readonly index: CodeIndex;
  readonly folders: ServiceFolders;
  /** Label of the source. */
  readonly source: string;
}

/** Whether a sampled request is of those that were asked about. */
export function isAsked(request: SampledRequest, question: BehindQuestion): boolean {
  if (question.kind === 'proxy') return request.proxies.some(({ name }) => name === question.name);
  const { method, status } = question;
  const hasMethod = method === '' || request.method === method;
  return hasMethod && (status === '' || request.statuses.some((one) => fitsStatus(one, status)));
}

/**
 * The endpoints that answer what was asked about, those that cost the most time first. By method alone they have the
 * figures of these requests; by status those of the sampled requests that fit; behind a proxy's part their own, since
 * figures don't say what came through it.
 * @param found requests that fit, of traces that were looked for because of the question
 */
export function endpointsBehind(
  question: BehindQuestion,
  known: KnownRequests,
  found: readonly SampledRequest[] = known.sample.filter((request) => isAsked(request, question)),
): readonly EndpointBehind[] {
  if (question.kind === 'proxy') return throughProxy(question, known, found);
  const rows = question.status === '' ? ofMethod(question.method, known) : ofSample(found, known);
  return byCost(rows.map((endpoint) => ({ endpoint, through: undefined })));
}

function ofMethod(method: string, { figures, ...known }: KnownRequests): readonly EndpointRow[] {
  const operations = figures.operations.filter(
    ({ key }) => isRequestKey(key) && key.method === method,
  );
  return rowsOf({ ...figures, operations }, known);
}

function throughProxy(
  question: BehindQuestion,
  known: KnownRequests,
  found: readonly SampledRequest[],
): readonly EndpointBehind[] {
  const own = new Map(known.endpoints.map((row) => [row.id, row]));
  const fitting = known.sample.filter((request) => isAsked(request, question));
  const counts = countsById(ofSample(fitting, known));
  const all = countsById(ofSample(known.sample, known));
  return byCost(
    ofSample(found, known).map((row) => {
      const full = own.get(row.id);
      const of = all.get(row.id);
      const through = of === undefined ? undefined : { count: counts.get(row.id) ?? 0, of };
      return { endpoint: full?.figures ? full : row, through };
    }),
  );
}

const countsById = (rows: readonly EndpointRow[]) =>
  new Map(rows.map(({ id, figures }) => [id, figures?.count ?? 0]));

/** Starts count wherever they are: what was sampled was in the window. */
const always = { start: epochMicroseconds(0), end: epochMicroseconds(Number.MAX_SAFE_INTEGER) };

function ofSample(
  requests: readonly SampledRequest[],
  { figures, ...known }: KnownRequests,
): readonly EndpointRow[] {
  const operations = figuresFromTraces(
    requests.map(({ spans }) => spans),
    always,
  );
  const sampledTraces = new Set(requests.map(({ traceId }) => traceId)).size;
  return rowsOf({ ...figures, operations, basis: 'sampled', sampledTraces }, known);
}

const rowsOf = (
  answer: FiguresAnswer,
  { index, folders, source }: Omit<KnownRequests, 'figures'>,
): readonly EndpointRow[] =>
  endpointRows(answer, index, folders, source).filter(
    ({ figures, key }) => figures !== undefined && key?.kind !== 'proxy',
  );

function byCost(found: readonly Omit<EndpointBehind, 'share'>[]): readonly EndpointBehind[] {
  const costs = found.map((one) => costOf(one));
  const all = costs.reduce((sum: number | undefined, cost) => sumOf(sum, cost), 0);
  return found
    .map((one, at) => {
      const cost = costs[at];
      const share = all === undefined || all === 0 || cost === undefined ? undefined : cost / all;
      return { ...one, share };
    })
    .sort((a, b) => weightOf(b) - weightOf(a));
}

const sumOf = (sum: number | undefined, cost: number | undefined) =>
  sum === undefined || cost === undefined ? undefined : sum + cost;

/** µs; of what came through a proxy's part as much as its sampled requests. */
function costOf({ endpoint, through }: Omit<EndpointBehind, 'share'>): number | undefined {
  const total = endpoint.figures?.total;
  if (total === undefined) return undefined;
  return through === undefined ? total : (total * through.count) / through.of;
}

/** Where total times aren't known their order is guessed: it decides what stands first and is shown nowhere. */
function weightOf(one: EndpointBehind): number {
  const { figures } = one.endpoint;
  return costOf(one) ?? (figures?.count ?? 0) * (figures?.p50 ?? 0);
}
