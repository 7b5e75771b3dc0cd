import { functionNamed, readNamedCode, type FunctionName } from '../ladder/namedCode.ts';
import { isLibraryPath, plainPath } from '../ladder/spanPath.ts';
import { parseStack } from '../stack/parseStack.ts';
import { stackTexts } from '../stack/stackTexts.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';

/** A place as spans of a service name it, and how many do. */
export interface SeenPath {
  readonly service: string;
  /** With `/`, as `plainPath` spells it. */
  readonly path: string;
  /** Of the first such span; 1 where it tells none. */
  readonly line: number;
  readonly column: number;
  readonly function: FunctionName | undefined;
  spans: number;
}

const maxPaths = 5_000;
const maxTraces = 50_000;

/** The paths in spans looked at so far: `code.*`, and the innermost frame of what failed. */
export class SeenPaths {
  readonly #paths = new Map<string, SeenPath>();
  readonly #traces = new Set<string>();

  /** Adds the spans of a trace; one that was added before is passed over. */
  add(spans: readonly RawSpan[]): void {
    const [first] = spans;
    if (first === undefined || this.#traces.has(first.traceId)) return;
    if (this.#traces.size < maxTraces) this.#traces.add(first.traceId);
    for (const span of spans) this.#addSpan(span);
  }

  get all(): readonly SeenPath[] {
    return [...this.#paths.values()];
  }

  clear(): void {
    this.#paths.clear();
    this.#traces.clear();
  }

  #addSpan(span: RawSpan): void {
    const place = placeIn(span);
    if (place === undefined || isLibraryPath(place.path)) return;
    const { service } = span.resource;
    const { className = '', name = '' } = place.function ?? {};
    const key = [service, place.path, className, name].join('\n');
    const known = this.#paths.get(key);
    if (known) known.spans += 1;
    else if (this.#paths.size < maxPaths) this.#paths.set(key, { service, ...place, spans: 1 });
  }
}

function placeIn(span: RawSpan): Omit<SeenPath, 'service' | 'spans'> | undefined {
  const { path, line = 1, column, function: named } = readNamedCode(span.attributes);
  if (path !== undefined) return { path: plainPath(path), line, column, function: named };
  if (span.events.length === 0) return undefined;
  for (const { stack, isFailure } of stackTexts(span)) {
    if (!isFailure) continue;
    for (const frame of parseStack(stack)) {
      const plain = plainPath(frame.path);
      if (isLibraryPath(plain)) continue;
      const { functionName, ...place } = frame;
      return {
        path: plain,
        line: place.line,
        column: place.column,
        function: functionNamed(functionName),
      };
    }
  }
  return undefined;
}
