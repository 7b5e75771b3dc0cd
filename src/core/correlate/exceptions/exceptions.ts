import type { EpochMicroseconds } from '../../base/units.ts';
import type { CodeIndex } from '../../code/model.ts';
import type { CodeLocation } from '../../code/location.ts';
import { handlerTitle } from '../../code/nest/handlerTitle.ts';
import { handlerById } from '../../matching/attributes/namedHandler.ts';
import { enclosingMethod } from '../../matching/lookups.ts';
import type { MappedTrace } from '../../matching/mappedTrace.ts';
import { handlerOf } from '../../matching/match.ts';
import { operationKeyOf, operationName } from '../../matching/operations/operationKey.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import { spanLabel } from '../../trace/spanLabel.ts';
import { locateStack } from './locateStack.ts';
import { requestExceptions, type RecordedException } from './requestExceptions.ts';
import type { PathOptions } from '../../matching/options.ts';

/** Exceptions of one type from one line, or without a line from one handler. Texts of spans are hostile. */
export interface SeenException {
  /** The same in each sample. */
  readonly id: string;
  readonly type: string;
  /** Of the latest. */
  readonly message: string;
  /** Undefined: no frame of the workspace was recorded. */
  readonly place: ExceptionPlace | undefined;
  /** What was asked for: `DELETE /orders/:id`. */
  readonly handledBy: string;
  /** In which it was recorded: one in which several spans recorded it counts once. */
  readonly requests: number;
  readonly latest: {
    readonly traceId: string;
    readonly spanId: string;
    /** What the waterfall calls the span. */
    readonly label: string;
    readonly start: EpochMicroseconds;
  };
}

/** The innermost workspace frame of a recorded stack. */
export interface ExceptionPlace {
  readonly location: CodeLocation;
  /** `OrdersService.remove`. */
  readonly symbol: string;
  /** Why this line. */
  readonly reason: string;
  /** Method around it, and how many lines below its name: it moves with the code. */
  readonly method: { readonly id: string; readonly below: number } | undefined;
}

/** What sampled traces say of exceptions. */
export interface SeenExceptions {
  /** Those of most requests first. */
  readonly exceptions: readonly SeenException[];
  /** Requests whose exceptions are left out: see `isExpectedException`. */
  readonly expected: number;
}

/** Kept of one sample; a service with more has one problem, not so many. */
const mostKept = 200;

/** @param pathsOf where paths of a service's stacks are looked for */
export function seenExceptions(
  traces: Iterable<MappedTrace>,
  index: CodeIndex,
  pathsOf: (service: string) => PathOptions,
): SeenExceptions {
  const locate = locateStack(index, pathsOf);
  const seen = new Map<string, SeenException>();
  let expected = 0;
  for (const mapped of traces) {
    const found = requestExceptions(mapped, locate);
    expected += found.expected;
    for (const one of found.exceptions) {
      const now = seenException(one, mapped, index);
      const before = seen.get(now.id);
      seen.set(now.id, before === undefined ? now : merged(before, now));
    }
  }
  const exceptions = [...seen.values()].sort(
    (a, b) => b.requests - a.requests || b.latest.start - a.latest.start,
  );
  return { exceptions: exceptions.slice(0, mostKept), expected };
}

const merged = (a: SeenException, b: SeenException): SeenException => ({
  ...(b.latest.start > a.latest.start ? b : a),
  requests: a.requests + b.requests,
});

function seenException(
  { row, span, type, message, place }: RecordedException,
  mapped: MappedTrace,
  index: CodeIndex,
): SeenException {
  const handledBy = handledByOf(row, span, mapped, index);
  const at = place && `${place.location.path}:${place.location.line}`;
  return {
    id: JSON.stringify(at === undefined ? [type, span.resource.service, handledBy] : [type, at]),
    type,
    message,
    place: place && { ...place, method: methodOf(place.location, index) },
    handledBy,
    requests: 1,
    latest: {
      traceId: span.traceId,
      spanId: span.spanId,
      label: spanLabel(span),
      start: span.start,
    },
  };
}

function methodOf({ path, line }: CodeLocation, index: CodeIndex): ExceptionPlace['method'] {
  const method = enclosingMethod(index, path, line);
  return method && { id: method.id, below: line - method.location.line };
}

/** The handler of the nearest span above that has one, else what the topmost span asks for. */
function handledByOf(
  row: number,
  span: RawSpan,
  { trace, matches }: MappedTrace,
  index: CodeIndex,
): string {
  const { parent } = trace.columns;
  let top = span;
  for (let at = row; at >= 0; at = parent[at] ?? -1) {
    top = trace.spans[at] ?? top;
    const handlerId = handlerOf(matches[at]);
    const handler = handlerId === undefined ? undefined : handlerById(index, handlerId);
    if (handler) return handlerTitle(handler);
  }
  const key = operationKeyOf(top);
  return key ? operationName(key) : spanLabel(top);
}

/** Where the line is now; undefined: its method is gone. */
export function placeNow(
  { location, method }: ExceptionPlace,
  index: CodeIndex,
): CodeLocation | undefined {
  if (method === undefined) return location;
  const now = index.method(method.id);
  return now && { ...location, line: now.location.line + method.below };
}
