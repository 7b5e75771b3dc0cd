import type { OperationSelector } from '../../core/matching/operations/operationKinds.ts';
import type { TraceQuery } from '../../core/ports.ts';
import { mostServices, tooManyServices } from '../search/servicesAsked.ts';
import { soughtService } from '../search/soughtService.ts';
import type { JaegerApi } from './api.ts';
import type { TracesQuestion } from './tracesQuestion.ts';

type Target = Pick<TracesQuestion, 'service' | 'operation'>;

/** What Jaeger has to be asked for, one question each, and why that isn't all; empty when it is. */
export async function targetsOf(
  api: JaegerApi,
  query: TraceQuery,
  signal: AbortSignal,
): Promise<{ targets: readonly Target[]; reason: string }> {
  if (query.operations) return { targets: selected(query.operations), reason: '' };
  const { operation } = query;
  const service = soughtService(query);
  if (service !== undefined) return { targets: [{ service, operation }], reason: '' };
  const services = await api.services(signal);
  return {
    targets: services.slice(0, mostServices).map((name) => ({ service: name, operation })),
    reason: services.length > mostServices ? tooManyServices(services.length) : '',
  };
}

/** One question for each service and operation name; Jaeger knows no routes or handlers. */
function selected(operations: readonly OperationSelector[]): readonly Target[] {
  const targets = operations.map(({ service, name }) => ({
    service,
    operation: name === '' ? undefined : name,
  }));
  return [...new Map(targets.map((target) => [JSON.stringify(target), target])).values()];
}
