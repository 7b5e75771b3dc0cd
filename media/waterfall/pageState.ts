import { Emitter } from '../../src/core/base/event.ts';
import type { ViewName } from '../../src/core/waterfall/viewNames.ts';
import type { ViewSettings } from '../../src/core/waterfall/viewSettings.ts';
import type { Growth } from '../../src/protocol/waterfall.ts';
import { oncePerFrame } from './oncePerFrame.ts';

/** The page around its trace: which view and panes are open, how wide, and what is said. Tells of changes once a frame. */
export class PageState {
  readonly #changed = new Emitter<undefined>();
  readonly changed = this.#changed.event;
  readonly #tell = oncePerFrame(() => this.#changed.fire(undefined));

  readonly #scrolledTo = new Emitter<undefined>();
  /** The rows were scrolled: nothing but the scroll position changed. */
  readonly onScrolled = this.#scrolledTo.event;

  readonly #soughtChanged = new Emitter<undefined>();
  /** Something else is looked for; told at once, so that the answer may be there for the next frame. */
  readonly onSearched = this.#soughtChanged.event;

  /** Counts changes: what was drawn at another number is drawn again. */
  generation = 0;
  view: ViewName = 'waterfall';
  /** How the other views are set up, to be kept. */
  viewSettings: ViewSettings = {};
  /** Id of the trace that this one is compared with, to be kept. */
  comparedWith: string | undefined;
  /** Counts how often one was chosen. */
  comparisons = 0;
  detailsOpen = true;
  /** Whether the user wants to see where the time went; undefined: where there is room for it. */
  costsOpen: boolean | undefined;
  keySheetOpen = false;
  /** What the user gave the names of the width; undefined until then. */
  chosenNamesShare: number | undefined;
  detailsShare = 0.3;
  scrollTop = 0;
  /** What the host could not do, until it is closed or something works. */
  notification = '';
  /** Whether more of the trace may arrive. */
  growth: Growth = 'none';
  /** The last sentence for a screen reader. */
  announcement = '';

  /** The share of the width that names have: a narrow panel, as beside opened code, needs more for them. */
  get namesShare(): number {
    return this.chosenNamesShare ?? (window.innerWidth < 700 ? 0.55 : 0.42);
  }

  setView(view: ViewName): void {
    if (view === this.view) return;
    this.view = view;
    this.touch();
  }

  /** Keeps these settings besides the others. */
  keepSettings(settings: ViewSettings): void {
    this.viewSettings = { ...this.viewSettings, ...settings };
    this.touch();
  }

  /** Another trace was chosen to compare this one with. */
  showComparison(): void {
    this.comparisons += 1;
    this.setView('compare');
  }

  setDetailsOpen(open: boolean): void {
    if (open === this.detailsOpen) return;
    this.detailsOpen = open;
    this.touch();
  }

  setCostsOpen(open: boolean): void {
    this.costsOpen = open;
    this.touch();
  }

  setKeySheet(open: boolean): void {
    this.keySheetOpen = open;
    this.touch();
  }

  setNamesShare(share: number): void {
    this.chosenNamesShare = Math.max(0.12, Math.min(0.8, share));
    this.touch();
  }

  setDetailsShare(share: number): void {
    this.detailsShare = Math.max(0.15, Math.min(0.7, share));
    this.touch();
  }

  setGrowth(growth: Growth): void {
    this.growth = growth;
    this.touch();
  }

  announce(sentence: string): void {
    this.announcement = sentence;
    this.touch();
  }

  /** Shows a sentence of the host; empty text takes the last one away. */
  notify(sentence: string): void {
    if (sentence === '' && this.notification === '') return;
    this.notification = sentence;
    if (sentence === '') this.touch();
    else this.announce(sentence);
  }

  /** Something else is looked for. */
  searched(): void {
    this.#soughtChanged.fire(undefined);
  }

  scrolled(): void {
    this.#scrolledTo.fire(undefined);
  }

  /** Something changed: listeners hear of it once, in the next frame. */
  touch(): void {
    this.generation += 1;
    this.#tell();
  }
}
