import type { Context } from '@opentelemetry/api';
import { watchModules } from './watchModules.ts';
import type { AttributeNames } from './location.ts';
import { spanStarted, type LocateSpan } from './locateSpan.ts';
import type { StartedSpan } from './openTelemetry.ts';
import { useNames } from './stamp.ts';

export interface CodeLocationOptions {
  /**
   * Which other spans get the line that starts them: `({ name }) => name.startsWith('billing.')`. Asked as
   * each span starts.
   */
  readonly locate?: LocateSpan;
  /** Default: `stable`, or `both` with `code/dup` in `OTEL_SEMCONV_STABILITY_OPT_IN`. */
  readonly names?: AttributeNames;
}

/** Puts `code.*` on spans of NestJS handlers and Prisma calls: make it before NestJS and Prisma are loaded. */
export class CodeLocationProcessor {
  readonly #locate: LocateSpan | undefined;

  constructor({ locate, names }: CodeLocationOptions = {}) {
    this.#locate = locate;
    if (names !== undefined) useNames(names);
    watchModules();
  }

  onStart(span: StartedSpan, parentContext: Context): void {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- only its identity counts, on the stack
    spanStarted(span, parentContext, this.#locate, this.onStart);
  }

  onEnd(): void {
    // Nothing is known at the end that was not at the start.
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
