import type { CodeIndex, Handler } from '../../code/model.ts';
import { enclosingMethod, lookupsOf } from '../../matching/lookups.ts';
import type { Match } from '../../matching/match.ts';
import type { UncoveredReason, UncoveredHandler } from './mappingReport.ts';

/** Kinds of handlers that no instrumentation of others makes spans for. */
const kindsWithoutSpans: ReadonlySet<Handler['kind']> = new Set(['cron', 'cqrs', 'ws']);

const isTraceable = (handler: Handler) =>
  !kindsWithoutSpans.has(handler.kind) &&
  !(handler.kind === 'event' && handler.library === '@nestjs/event-emitter');

/** Which handlers the spans of a report lead to. */
export class HandlerHits {
  readonly #handlers = new Set<string>();
  readonly #methods = new Set<string>();
  /** Spans of one request or call share their match. */
  readonly #seen = new WeakSet<Match>();

  add(match: Match, index: CodeIndex): void {
    if (this.#seen.has(match)) return;
    this.#seen.add(match);
    const { handlerId, callId, location, alternatives, confidence } = match;
    if (handlerId !== undefined) {
      this.#handlers.add(handlerId);
      // Any of them may be the one: none can be called silent.
      for (const other of alternatives) this.#addMethod(other, index);
    } else if (callId === undefined && confidence !== 'weak') {
      this.#addMethod({ location }, index);
    }
  }

  addHandler(id: string): void {
    this.#handlers.add(id);
  }

  has({ id, methodId }: Handler): boolean {
    return this.#handlers.has(id) || this.#methods.has(methodId);
  }

  #addMethod({ location }: Pick<Match, 'location'>, index: CodeIndex): void {
    const method = enclosingMethod(index, location.path, location.line);
    if (method !== undefined) this.#methods.add(method.id);
  }
}

/**
 * Handlers without a span, by file and line.
 * @param traced ids of the projects that spans came from
 * @param only id of the project whose handlers are wanted; undefined: all
 */
export function uncoveredHandlers(
  index: CodeIndex,
  hits: HandlerHits,
  traced: ReadonlySet<string>,
  only: string | undefined,
): readonly UncoveredHandler[] {
  return [...lookupsOf(index).handlers.values()]
    .filter((handler) => !hits.has(handler) && (only === undefined || handler.project === only))
    .map((handler) => ({ handler, silence: silenceOf(handler, traced) }))
    .sort((a, b) => byPlace(a.handler, b.handler));
}

function silenceOf(handler: Handler, traced: ReadonlySet<string>): UncoveredReason {
  if (!isTraceable(handler)) return 'kindNotTraced';
  return traced.has(handler.project) ? 'unused' : 'serviceNotTraced';
}

function byPlace({ location: a }: Handler, { location: b }: Handler): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.line - b.line;
}
