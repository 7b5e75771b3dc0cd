import type { TimeWindow } from '../../core/base/timeWindow.ts';
import { operationKeyOf } from '../../core/matching/operations/operationKey.ts';
import type { OperationKey } from '../../core/matching/operations/operationKinds.ts';
import type { JaegerApi } from './api.ts';
import { askEach } from './askEach.ts';
import type { MetricsQuestion } from './metrics.ts';

/** An operation that metrics name. */
export interface NamedOperation {
  readonly service: string;
  readonly kind: MetricsQuestion['spanKind'];
  readonly name: string;
}

/** Operations whose spans are looked at in one refresh. */
const mostLearned = 40;
const tracesEach = 2;
/** Far more than there are; then it starts again. */
const mostKept = 20_000;

/**
 * Which row of figures an operation counts in: metrics have its name and kind only, so a span of it is looked at,
 * once for each.
 */
export class LearnedKeys {
  readonly #keys = new Map<string, OperationKey | undefined>();

  /**
   * Looks at spans of those that aren't known, some of them.
   * @returns true when all are known now
   */
  async learn(
    api: JaegerApi,
    operations: readonly NamedOperation[],
    window: TimeWindow,
    isLate: () => boolean,
    signal: AbortSignal,
  ): Promise<boolean> {
    if (this.#keys.size > mostKept) this.#keys.clear();
    const unknown = operations.filter((operation) => !this.#keys.has(idOf(operation)));
    await askEach(unknown.slice(0, mostLearned), isLate, signal, async (operation, each) => {
      const { traces } = await api.traces(questionFor(operation, window), each);
      const seen = traces
        .flatMap(({ spans }) => spans)
        .filter(
          ({ resource, name, kind }) =>
            resource.service === operation.service &&
            name === operation.name &&
            kind === operation.kind,
        );
      if (seen.length > 0)
        this.#keys.set(idOf(operation), commonKey(operation.kind, seen.map(operationKeyOf)));
    });
    return operations.every((operation) => this.#keys.has(idOf(operation)));
  }

  /** Undefined: it doesn't answer requests, or isn't known yet. */
  keyOf(operation: NamedOperation): OperationKey | undefined {
    return this.#keys.get(idOf(operation));
  }
}

const idOf = ({ service, kind, name }: NamedOperation): string =>
  JSON.stringify([service, kind, name]);

const questionFor = ({ service, name }: NamedOperation, window: TimeWindow) => ({
  service,
  operation: name,
  minDuration: undefined,
  errorsOnly: false,
  window,
  limit: tracesEach,
});

/**
 * The key of all spans of an operation, by those seen: of requests that name no route the metrics don't tell one path
 * from another. Roots within a process aren't counted: metrics don't tell them from calls within a trace.
 */
function commonKey(
  kind: NamedOperation['kind'],
  keys: readonly (OperationKey | undefined)[],
): OperationKey | undefined {
  const [key] = keys;
  if (key === undefined || keys.includes(undefined)) return undefined;
  if (key.kind === 'other') return kind === 'consumer' ? key : undefined;
  return key.kind === 'http' ? { ...key, path: '' } : key;
}
