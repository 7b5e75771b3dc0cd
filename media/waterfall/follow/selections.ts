import type { Disposable } from '../../../src/core/base/disposable.ts';
import type { SpanRow } from '../../../src/core/base/units.ts';
import type { WaterfallModel } from '../model.ts';

/** Tells selections that the user makes in the page, by whatever key or button, from those that the host or a fold makes. */
export class Selections {
  readonly #model: WaterfallModel;
  #known: SpanRow | undefined;
  #made = 0;

  constructor(model: WaterfallModel) {
    this.#model = model;
  }

  /** What is selected now is the host's choice, or its code is on its way already. */
  settle(): void {
    this.#known = this.#model.selected;
    this.#made = this.#model.selections;
  }

  /** Calls back with each span that is selected from now on while the page has the keyboard. */
  follow(selected: (row: SpanRow) => void): Disposable {
    return this.#model.changed(() => {
      const { selections, selected: row } = this.#model;
      const isOther = selections !== this.#made && row !== this.#known;
      this.settle();
      if (isOther && row !== undefined && document.hasFocus()) selected(row);
    });
  }
}
