import { message } from '../../src/core/base/message.ts';
import { shortened, visibleText } from '../../src/core/base/visibleText.ts';
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
    return (this.#operations[index] ??=
      oneLine(this.#shape.operations[index] ?? '') || message('(no name)'));
  }
}

/** A service's name on one line; a span may come without one. */
export const serviceName = (name: string): string => oneLine(name) || message('(no service)');

export const oneLine = (text: string): string => visibleText(shortened(text, lineLimit));
