import { message } from '../../src/core/base/message.ts';
import { isBlank, shortened, visibleText } from '../../src/core/base/visibleText.ts';
import type { SpanRow } from '../../src/core/base/units.ts';
import type { TraceShape } from '../../src/core/trace/trace.ts';

/** Longest name shown on one line; the rest is in the details. */
const lineLimit = 300;

/** Names of a trace fit to be shown on one line: made visible and short once, however many spans share them. */
export class TraceText {
  readonly #shape: TraceShape;
  readonly #services: readonly string[];
  readonly #operations: (string | undefined)[] = [];

  constructor(shape: TraceShape) {
    this.#shape = shape;
    this.#services = shape.services.map(serviceName);
  }

  service(row: SpanRow): string {
    return this.#services[this.#shape.columns.service[row] ?? 0] ?? '';
  }

  operation(row: SpanRow): string {
    const index = this.#shape.columns.operation[row] ?? 0;
    return (this.#operations[index] ??= operationName(this.#shape.operations[index] ?? ''));
  }
}

/** An operation's name on one line; a span may come without one, or with one that nothing is seen of. */
export const operationName = (name: string): string =>
  isBlank(name) ? message('(no name)') : oneLine(name);

/** As `operationName`, of a service. */
export const serviceName = (name: string): string =>
  isBlank(name) ? message('(no service)') : oneLine(name);

export const oneLine = (text: string): string => visibleText(shortened(text, lineLimit));
