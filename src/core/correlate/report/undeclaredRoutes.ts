import { shortened } from '../../base/visibleText.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import type { Trace } from '../../trace/trace.ts';
import type { Unmapped } from '../../matching/match.ts';
import {
  isRequestKey,
  operationKeyOf,
  operationName,
} from '../../matching/operations/operationKey.ts';
import { countOne, exampleOf, type Tally } from './examples.ts';
import type { UndeclaredRoute } from './mappingReport.ts';

interface RouteTally extends Tally {
  readonly service: string;
  readonly title: string;
  readonly reason: string;
}

const mostRoutes = 1_000;
const longestTitle = 200;

/** What services answered and no code declares, as the spans come. */
export class UndeclaredRoutes {
  readonly #routes = new Map<string, RouteTally>();

  add(trace: Trace, row: number, { cause, reason }: Unmapped): void {
    if (cause !== 'undeclaredRoute' && cause !== 'noHandler') return;
    const span = trace.spans[row];
    const title = span && titleOf(span, trace, row);
    if (span === undefined || title === undefined) return;
    const { service } = span.resource;
    const first = () => ({ count: 1, example: exampleOf(trace, row), service, title, reason });
    countOne(this.#routes, `${service}\n${title}`, first, mostRoutes);
  }

  /** Most frequent first. */
  rows(): readonly UndeclaredRoute[] {
    return [...this.#routes.values()].sort((a, b) => b.count - a.count);
  }
}

/** `GET /metrics`; undefined for a part of a request that counts already. */
function titleOf(span: RawSpan, { spans, columns }: Trace, row: number): string | undefined {
  const key = operationKeyOf(span);
  const parent = columns.parent[row] ?? -1;
  const isPart = key?.kind === 'nest' && isBelowServer(parent, spans, columns.parent);
  if (key === undefined || isPart) return undefined;
  if (key.kind === 'rpc') return shortened(operationName(key), longestTitle);
  if (!isRequestKey(key)) return undefined;
  const isNamed = key.route === '' && key.controller !== '';
  const title = isNamed ? `${key.controller}.${key.callback}` : operationName(key);
  return shortened(title, longestTitle);
}

function isBelowServer(row: number, spans: readonly RawSpan[], parent: Int32Array): boolean {
  for (let above = row; above >= 0; above = parent[above] ?? -1) {
    if (spans[above]?.kind === 'server') return true;
  }
  return false;
}
