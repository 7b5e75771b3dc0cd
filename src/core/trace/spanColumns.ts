import type { RawSpan } from './rawSpan.ts';
import { spanLabel } from './spanLabel.ts';
import { spanKinds, spanStatuses, type TraceColumns, type TraceShape } from './trace.ts';

type OfSpans = Pick<TraceShape, 'services' | 'operations' | 'operationNames'> & {
  readonly columns: Pick<TraceColumns, 'service' | 'operation' | 'kind' | 'status'>;
};

const kindCodes = codesOf(spanKinds);
const statusCodes = codesOf(spanStatuses);

/**
 * What rows' spans are, as columns, with tables of distinct names in order of first use. All in one pass: looking up a
 * span in memory takes longer than what is done with it.
 */
export function spanColumns(spans: readonly RawSpan[]): OfSpans {
  const columns = {
    service: new Uint32Array(spans.length),
    operation: new Uint32Array(spans.length),
    kind: new Uint8Array(spans.length),
    status: new Uint8Array(spans.length),
  };
  const services = new Map<string, number>();
  const operations = new Map<string, Map<string, number>>();
  const labels: string[] = [];
  const names: string[] = [];
  let row = 0;
  for (const span of spans) {
    columns.service[row] = indexIn(services, span.resource.service, services.size);
    const label = spanLabel(span);
    let ofLabel = operations.get(label);
    if (ofLabel === undefined) operations.set(label, (ofLabel = new Map<string, number>()));
    const operation = indexIn(ofLabel, span.name, labels.length);
    if (operation === labels.length) {
      labels.push(label);
      names.push(span.name);
    }
    columns.operation[row] = operation;
    columns.kind[row] = kindCodes.get(span.kind) ?? 0;
    columns.status[row] = statusCodes.get(span.status) ?? 0;
    row++;
  }
  return { services: [...services.keys()], operations: labels, operationNames: names, columns };
}

/** The index of a name; `next` for one that is new. */
function indexIn(table: Map<string, number>, name: string, next: number): number {
  const known = table.get(name);
  if (known !== undefined) return known;
  table.set(name, next);
  return next;
}

function codesOf<T extends string>(names: readonly T[]): ReadonlyMap<T, number> {
  return new Map(names.map((name, code) => [name, code]));
}
