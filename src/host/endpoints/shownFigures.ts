import { DisposableStore, disposable, type Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/event.ts';
import { wholeMinutes } from '../../core/base/timeWindow.ts';
import type { Log } from '../../core/ports.ts';
import type { FeedState, FigureFeed } from '../figures/figureFeed.ts';
import { HeldReading } from './heldReading.ts';
import type { UseSign } from './viewUse.ts';

export interface ShownFiguresOptions {
  readonly feed: FigureFeed;
  readonly paceMs: () => number;
  readonly log: Log;
}

/** The figures that Endpoints shows: those of the feed, but never others under the pointer or the focus. */
export class ShownFigures implements Disposable {
  readonly #feed: FigureFeed;
  readonly #held: HeldReading<FeedState>;
  readonly #owned = new DisposableStore();
  readonly #changed: Emitter<void>;
  #timer: NodeJS.Timeout | undefined;

  constructor({ feed, paceMs, log }: ShownFiguresOptions) {
    this.#feed = feed;
    this.#held = new HeldReading(feed.state, paceMs);
    this.#changed = this.#owned.add(
      new Emitter((error) => log.error('A listener of the shown figures failed.', error)),
    );
    this.#owned.add(feed.onChange((state) => this.#offer(state)));
    this.#owned.add(disposable(() => clearTimeout(this.#timer)));
  }

  /** Other figures are shown, or the view is no longer used. */
  get onChange() {
    return this.#changed.event;
  }

  get state(): FeedState {
    return this.#held.shown;
  }

  /** Newer figures were read than are shown. */
  get isBehind(): boolean {
    return this.#held.isBehind;
  }

  /** Of the window that the figures are of. */
  get windowMinutes(): number {
    const { answer } = this.state;
    return answer ? wholeMinutes(answer.window) : this.#feed.shownMinutes;
  }

  sign(sign: UseSign): void {
    const wasUsed = this.#held.isUsed;
    const isOther = this.#held.sign(sign, Date.now());
    this.#after(isOther || (wasUsed && !this.#held.isUsed));
  }

  /** The user asked for another order or other rows: the newest figures with them. */
  showNewest(): void {
    this.#held.show(Date.now());
    this.#after(true);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  /** What sampled traces say comes after the figures, and is shown as they are: not under the pointer, unless it is the first. */
  #offer(state: FeedState): void {
    const { sample } = this.state;
    const isOther = this.#held.offer(state, Date.now());
    const mayShow = !this.#held.isUsed || state.asked || sample === undefined;
    this.#after(isOther || (mayShow && this.state.sample !== sample));
  }

  #after(isChanged: boolean): void {
    clearTimeout(this.#timer);
    const { dueAt } = this.#held;
    if (dueAt !== undefined)
      this.#timer = setTimeout(
        () => this.#after(this.#held.follow(Date.now())),
        Math.max(0, dueAt - Date.now()),
      );
    if (isChanged) this.#changed.fire();
  }
}
