import type { CodeIndex } from '../code/model.ts';
import type { RawSpan } from '../trace/rawSpan.ts';
import { SeenPaths } from './files/seenPaths.ts';
import { keyText, layerOf, type OperationKey } from './operations/operationKinds.ts';
import { operationSeen } from './serviceFolders.ts';

/**
 * What traces tell of where their services' code is. It is made of given traces, whatever is mapped in the meantime, and
 * never changes: the same evidence gives a trace the same matches.
 */
export interface Evidence {
  readonly services: ReadonlySet<string>;
  /** What services were asked for, by `keyText`. */
  readonly operations: ReadonlyMap<string, OperationKey>;
  /** The paths that spans of a service name. */
  readonly paths: ReadonlyMap<string, ReadonlySet<string>>;
}

export const noEvidence: Evidence = {
  services: new Set(),
  operations: new Map(),
  paths: new Map(),
};

/** Traces of strangers never end; so many operations tell as well as more. */
const mostOperations = 2_000;
/** Of one service. */
const mostPaths = 500;

/**
 * The evidence with that of more traces; a part to which they add nothing is the same object as before.
 * @param isKnown services whose folder other things tell: their operations aren't needed
 */
export function withTraces(
  before: Evidence,
  traces: Iterable<readonly RawSpan[]>,
  index: CodeIndex,
  isKnown: (service: string) => boolean,
): Evidence {
  const seen = new SeenPaths();
  const services = new Set<string>();
  const operations = new Map<string, OperationKey>();
  for (const spans of traces) {
    seen.add(spans);
    for (const span of spans) {
      services.add(span.resource.service);
      const key = isKnown(span.resource.service) ? undefined : operationSeen(span, index);
      if (key !== undefined && layerOf(key) !== 'other') operations.set(keyText(key), key);
    }
  }
  const added = [...operations].filter(([text]) => !before.operations.has(text));
  const paths = new Map(before.paths);
  for (const [service, own] of seen.byService)
    paths.set(service, union(before.paths.get(service), own, mostPaths));
  return {
    services: union(before.services, services, Infinity),
    operations:
      added.length === 0
        ? before.operations
        : new Map([...before.operations, ...added].slice(0, mostOperations)),
    paths,
  };
}

function union(
  before: ReadonlySet<string> | undefined,
  more: ReadonlySet<string>,
  most: number,
): ReadonlySet<string> {
  if (before === undefined) return more;
  const added = [...more].filter((one) => !before.has(one));
  return added.length === 0 ? before : new Set([...before, ...added].slice(0, most));
}
