import type { Disposable } from '../core/base/disposable.ts';
import { message } from '../core/base/message.ts';
import { SourceError } from '../core/base/sourceError.ts';
import type { TraceSource } from '../core/ports.ts';
import { FiguresReader } from './figuresReader.ts';

/** The source in use and the figures last read from it; replaced when the settings change. */
export class SourceSlot implements Disposable {
  #current: { source: TraceSource; figures: FiguresReader } | undefined;

  /** @throws SourceError `rejected` while no source is open. */
  get source(): TraceSource {
    return this.#open().source;
  }

  get figures(): FiguresReader {
    return this.#open().figures;
  }

  replace(source: TraceSource): void {
    this.dispose();
    this.#current = { source, figures: new FiguresReader(source) };
  }

  dispose(): void {
    this.#current?.source.dispose();
    this.#current = undefined;
  }

  #open(): { source: TraceSource; figures: FiguresReader } {
    if (this.#current) return this.#current;
    throw new SourceError('rejected', message('No trace source is selected yet.'));
  }
}
