import { functionNamed, readNamedCode, type FunctionName } from '../attributes/namedCode.ts';
import { isLibraryPath, plainPath } from './spanPath.ts';
import { parseStack } from '../stack/parseStack.ts';
import { stackTexts } from '../stack/stackTexts.ts';
import { textAttribute, type RawSpan } from '../../trace/rawSpan.ts';

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
/** Of one service; and services. */
const maxOfService = 500;
const maxServices = 1_000;

/** The paths in spans looked at so far: `code.*`, and the innermost frame of what failed. */
export class SeenPaths {
  readonly #paths = new Map<string, SeenPath>();
  readonly #traces = new Set<string>();
  readonly #ofServices = new Map<string, Set<string>>();
  /** Services whose program was told. */
  readonly #programs = new Set<string>();

  /** Adds the spans of a trace; one that was added before is passed over. */
  add(spans: readonly RawSpan[]): void {
    const [first] = spans;
    if (first === undefined || this.#traces.has(first.traceId)) return;
    if (this.#traces.size < maxTraces) this.#traces.add(first.traceId);
    for (const span of spans) this.#addSpan(span);
  }

  /** All paths that spans of a service name, each frame of what failed and the program that runs it included. */
  get byService(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#ofServices;
  }

  get all(): readonly SeenPath[] {
    return [...this.#paths.values()];
  }

  clear(): void {
    this.#paths.clear();
    this.#traces.clear();
    this.#ofServices.clear();
    this.#programs.clear();
  }

  #addSpan(span: RawSpan): void {
    const { service } = span.resource;
    this.#addProgram(span.resource);
    const places = placesIn(span);
    for (const { path } of places) this.#addPath(service, path);
    const [place] = places;
    if (place === undefined) return;
    const { className = '', name = '' } = place.function ?? {};
    const key = [service, place.path, className, name].join('\n');
    const known = this.#paths.get(key);
    if (known) known.spans += 1;
    else if (this.#paths.size < maxPaths) this.#paths.set(key, { service, ...place, spans: 1 });
  }

  #addPath(service: string, path: string): void {
    const paths = this.#ofServices.get(service) ?? new Set<string>();
    if (paths.size < maxOfService) paths.add(path);
    if (this.#ofServices.size < maxServices) this.#ofServices.set(service, paths);
  }

  /** OpenTelemetry's process detector tells what Node.js was started with: `/app/dist/main.js`, or without `.js`. */
  #addProgram({ service, attributes }: RawSpan['resource']): void {
    if (this.#programs.has(service) || this.#programs.size >= maxServices) return;
    this.#programs.add(service);
    const program = plainPath(textAttribute(attributes, 'process.command') ?? '');
    if (program === '' || isLibraryPath(program)) return;
    this.#addPath(service, /\.\w+$/.test(program) ? program : `${program}.js`);
  }
}

/** Of `code.*`, else of the failures' frames, innermost first; none of a library. */
function placesIn(span: RawSpan): readonly Omit<SeenPath, 'service' | 'spans'>[] {
  if (span.attributes.some(({ key }) => key.startsWith('code.'))) {
    const { path, line = 1, column, function: named } = readNamedCode(span.attributes);
    if (path !== undefined) {
      const plain = plainPath(path);
      return isLibraryPath(plain) ? [] : [{ path: plain, line, column, function: named }];
    }
  }
  if (span.events.length === 0) return [];
  return stackTexts(span)
    .filter(({ isFailure }) => isFailure)
    .flatMap(({ stack }) => parseStack(stack))
    .map(({ functionName, path: framePath, line: row, column: at }) => ({
      path: plainPath(framePath),
      line: row,
      column: at,
      function: functionNamed(functionName),
    }))
    .filter(({ path: plain }) => !isLibraryPath(plain));
}
