import { Emitter } from '../../src/core/base/event.ts';
import { formatCount } from '../../src/core/base/format.ts';
import { message } from '../../src/core/base/message.ts';
import type { SpanRow } from '../../src/core/base/units.ts';
import type { AttributeCondition } from '../../src/core/trace/filter/attributeCondition.ts';
import { filterNotes } from '../../src/core/waterfall/filterNotes.ts';
import {
  allFolded,
  noFolds,
  revealing,
  revealingAll,
  withFold,
  withNextLevel,
  type Folds,
} from '../../src/core/waterfall/fold.ts';
import {
  countMatches,
  markRows,
  matchesWithAncestors,
  neighborMatch,
} from '../../src/core/waterfall/matches.ts';
import { nearestLine, rowAt, visibleRows, type ViewRows } from '../../src/core/waterfall/rows.ts';
import {
  clampRange,
  pannedTo,
  wholeRange,
  type TimeRange,
} from '../../src/core/waterfall/timeRange.ts';
import type { AttributeAnswer, OpenedTrace } from '../../src/protocol/waterfall.ts';
import { TraceFilter } from './filter/traceFilter.ts';
import { pageTrace, type PageTrace } from './openTrace.ts';

/** Where the selected line should be brought to. */
export interface Reveal {
  readonly row: SpanRow;
  readonly align: 'nearest' | 'center';
}

/**
 * What the page shows and how it changes. Decisions are functions of core/waterfall; this holds their
 * answers and tells, once a frame, that something changed.
 */
export class WaterfallModel {
  readonly #changed = new Emitter<undefined>();
  readonly changed = this.#changed.event;
  #scheduled = false;

  readonly #scrolledTo = new Emitter<undefined>();
  /** The rows were scrolled: nothing but the scroll position changed. */
  readonly onScrolled = this.#scrolledTo.event;

  /** Counts changes: what was drawn at another number is drawn again. */
  generation = 0;
  trace: PageTrace | undefined;
  /** Why there is no trace; empty while it is on its way. */
  failure = '';
  folds: Folds = new Uint8Array(0);
  rows: ViewRows = new Uint32Array(0);
  selected: SpanRow | undefined;
  filter = '';
  /** Names what the host marked ("spans of this method"); empty when matches come from the filter. */
  markLabel = '';
  /** One entry a span; undefined: nothing is looked for. */
  matches: Uint8Array | undefined;
  matchCount = 0;
  onlyMatches = false;
  onlyCritical = false;
  range: TimeRange = wholeRange(0);
  detailsOpen = true;
  /** What the user gave the names of the width; undefined until then. */
  chosenNamesShare: number | undefined;
  detailsShare = 0.3;
  scrollTop = 0;
  reveal: Reveal | undefined;
  /** What the host could not do, until it is closed or something works. */
  notification = '';
  /** The last sentence for a screen reader. */
  announcement = '';

  #traceFilter: TraceFilter | undefined;
  /** The way to go once the filter has been answered. */
  #stepWhenFound: 1 | -1 | undefined;

  /** Attributes of the filter that the host has to be asked about before there are matches. */
  get unanswered(): readonly AttributeCondition[] {
    return this.#traceFilter?.unanswered ?? [];
  }

  /** What to say beside the filter, as sentences. */
  get filterNotes(): readonly string[] {
    if (!this.#traceFilter || this.markLabel !== '') return [];
    const { filter, unknownKeys } = this.#traceFilter;
    const isFound = this.matches !== undefined && this.unanswered.length === 0;
    const matchCount = isFound ? this.matchCount : undefined;
    return filterNotes({ filter, matchCount, unknownKeys });
  }

  /** The share of the width that names have: a narrow panel, as beside opened code, needs more for them. */
  get namesShare(): number {
    return this.chosenNamesShare ?? (window.innerWidth < 700 ? 0.55 : 0.42);
  }

  get shape() {
    return this.trace?.opened.shape;
  }

  /** Shows a trace, or one that was read again: what fits of the old view stays. */
  show(opened: OpenedTrace): void {
    this.trace = pageTrace(opened);
    this.failure = '';
    this.folds = noFolds(opened.shape);
    this.range = wholeRange(opened.shape.duration);
    this.selected = undefined;
    this.#traceFilter = new TraceFilter(opened);
    this.#findMatches();
    this.touch();
  }

  fail(reason: string): void {
    this.failure = reason;
    this.touch();
  }

  select(row: SpanRow | undefined, align: Reveal['align'] = 'nearest'): void {
    if (row === undefined || !this.shape) return;
    if (row !== this.selected) this.notification = '';
    this.selected = row;
    this.#setFolds(revealing(this.shape, this.folds, row));
    this.reveal = { row, align };
    this.touch();
  }

  setFold(row: SpanRow, folded: boolean): void {
    if (this.shape) this.#setFolds(withFold(this.shape, this.folds, row, folded));
  }

  setFolds(folds: Folds): void {
    this.#setFolds(folds);
  }

  collapseAll(): void {
    if (!this.shape) return;
    this.#setFolds(allFolded(this.shape));
    this.announce(message('Collapsed to {0} rows.', formatCount(this.rows.length)));
  }

  expandAll(): void {
    if (!this.shape) return;
    this.#setFolds(noFolds(this.shape));
    this.announce(message('Expanded to {0} rows.', formatCount(this.rows.length)));
  }

  expandLevel(): void {
    if (!this.shape) return;
    this.#setFolds(withNextLevel(this.shape, this.folds));
    this.announce(message('Expanded to {0} rows.', formatCount(this.rows.length)));
  }

  setFilter(text: string): void {
    if (text === this.filter && this.markLabel === '') return;
    this.filter = text;
    this.markLabel = '';
    this.#stepWhenFound = undefined;
    this.#findMatches();
    this.#announceMatches();
  }

  answerAttributes(
    answers: readonly {
      readonly condition: AttributeCondition;
      readonly answer: AttributeAnswer;
    }[],
  ): void {
    for (const { condition, answer } of answers) this.#traceFilter?.answer(condition, answer);
    this.#findMatches();
    this.#announceMatches();
    if (this.#stepWhenFound !== undefined) this.goToMatch(this.#stepWhenFound);
    this.#stepWhenFound = undefined;
  }

  /** Marks spans the host names, in place of a filter, and goes to the first. */
  mark(rows: readonly SpanRow[], label: string): void {
    if (!this.shape) return;
    this.setMarks(rows, label);
    this.select(neighborMatch(this.matches ?? new Uint8Array(0), undefined, 1), 'center');
    this.announce(this.matchSummary());
  }

  /** Marks spans and leaves the selection where it is. */
  setMarks(rows: readonly SpanRow[], label: string): void {
    if (!this.shape) return;
    this.filter = '';
    this.markLabel = label;
    this.#setMatches(markRows(this.shape, rows));
  }

  setOnlyMatches(only: boolean): void {
    this.onlyMatches = only;
    this.#setMatches(this.matches);
    this.touch();
  }

  setOnlyCritical(only: boolean): void {
    this.onlyCritical = only;
    this.touch();
  }

  goToMatch(direction: 1 | -1): void {
    if (this.unanswered.length > 0) this.#stepWhenFound = direction;
    else if (this.matches)
      this.select(neighborMatch(this.matches, this.selected, direction), 'center');
  }

  setRange(range: TimeRange): void {
    if (!this.shape) return;
    this.range = clampRange(range, this.shape.duration);
    this.touch();
  }

  /** Selects a span and moves the range on screen to where its bar is. */
  showBar(row: SpanRow): void {
    if (!this.shape) return;
    const { columns, duration } = this.shape;
    this.select(row);
    this.setRange(
      pannedTo(this.range, columns.start[row] ?? 0, columns.duration[row] ?? 0, duration),
    );
  }

  setDetailsOpen(open: boolean): void {
    this.detailsOpen = open;
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

  announce(sentence: string): void {
    this.announcement = sentence;
    this.touch();
  }

  /** Shows a sentence of the host; empty text takes the last one away. */
  notify(sentence: string): void {
    this.notification = sentence;
    this.announce(sentence);
  }

  scrolled(): void {
    this.#scrolledTo.fire(undefined);
  }

  /** `17 of 214 spans match`; empty when nothing is looked for. */
  matchSummary(): string {
    if (!this.matches || !this.shape) return '';
    if (this.matchCount === 0) return message('No matching spans.');
    const size = formatCount(this.shape.size);
    return message('{0} of {1} spans match.', formatCount(this.matchCount), size);
  }

  /** Something changed: listeners hear of it once, in the next frame. */
  touch(): void {
    this.generation += 1;
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => {
      this.#scheduled = false;
      this.#changed.fire(undefined);
    });
  }

  #findMatches(): void {
    if (!this.#traceFilter) return;
    this.#traceFilter.read(this.filter);
    if (this.unanswered.length === 0) this.#setMatches(this.#traceFilter.matches());
  }

  #announceMatches(): void {
    const notes = this.filterNotes;
    this.announce(notes.length > 0 ? notes.join(' ') : this.matchSummary());
  }

  #setMatches(matches: Uint8Array | undefined): void {
    this.matches = matches;
    this.matchCount = matches ? countMatches(matches) : 0;
    const { shape } = this;
    if (!shape) return;
    const kept = matches && this.onlyMatches ? matchesWithAncestors(shape, matches) : undefined;
    this.#kept = kept;
    this.#setFolds(kept ? revealingAll(this.folds, kept) : this.folds);
  }
  #kept: Uint8Array | undefined;

  #setFolds(folds: Folds): void {
    const { shape } = this;
    if (!shape) return;
    this.folds = folds;
    this.rows = visibleRows(shape, folds, this.#kept);
    if (this.selected !== undefined)
      this.selected = rowAt(this.rows, nearestLine(shape, this.rows, this.selected));
    this.touch();
  }
}
