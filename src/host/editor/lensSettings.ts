import { Emitter } from '../../core/base/event.ts';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { elapsed, epochFromMilliseconds, fromMilliseconds } from '../../core/base/units.ts';
import type { LensSettings } from '../../core/correlate/lens/lensText.ts';
import type { FigureFeed } from '../figures/figureFeed.ts';
import { onSettingsChange, readSetting } from '../settings/settings.ts';

/** How lenses show figures now: the settings, and the age of figures that could not be read again. */
export class LensView implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new Emitter<void>());
  readonly #feed: FigureFeed;
  #failing = false;

  constructor(feed: FigureFeed) {
    this.#feed = feed;
    this.#owned.add(onSettingsChange(['spanhop.lens'], () => this.#changed.fire()));
    this.#owned.add(
      feed.onChange(({ error, cancelled, busy }) => {
        const failing = error !== undefined || cancelled;
        if (busy || (failing === this.#failing && !failing)) return;
        this.#failing = failing;
        this.#changed.fire();
      }),
    );
  }

  get onChange() {
    return this.#changed.event;
  }

  read(): LensSettings {
    const { error, cancelled, readAt } = this.#feed.state;
    const stale = (error !== undefined || cancelled) && readAt !== undefined;
    return {
      mode: readSetting('spanhop.lens.mode'),
      slow: fromMilliseconds(readSetting('spanhop.lens.slowMilliseconds')),
      whenNoTraces: readSetting('spanhop.lens.whenNoTraces'),
      windowMinutes: this.#feed.shownMinutes,
      staleFor: stale ? elapsed(readAt, epochFromMilliseconds(Date.now())) : undefined,
    };
  }

  get showsExceptions(): boolean {
    return readSetting('spanhop.lens.exceptions');
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
