import { rowsSentence } from '../../src/core/base/countText.ts';
import type { SpanRow } from '../../src/core/base/units.ts';
import {
  adjustClocks,
  withStarts,
  type AdjustedClocks,
} from '../../src/core/trace/adjustClocks.ts';
import type { AttributeCondition } from '../../src/core/trace/filter/attributeCondition.ts';
import { filterNotes } from '../../src/core/waterfall/filterNotes.ts';
import { firstLook } from '../../src/core/waterfall/firstLook.ts';
import { revealingAll } from '../../src/core/waterfall/fold.ts';
import { redone, startHistory, undone, type History } from '../../src/core/waterfall/history.ts';
import { keptSpans, layOutLines, noLines, type Lines } from '../../src/core/waterfall/lines.ts';
import {
  lineOf,
  linePlaces,
  lineShowing,
  refAt,
  type LineRef,
} from '../../src/core/waterfall/lineRefs.ts';
import {
  countMatches,
  markRows,
  matchSummary,
  neighborMatch,
} from '../../src/core/waterfall/matches.ts';
import { usualHabits, withHabits } from '../../src/core/waterfall/rowHabits.ts';
import { hasSameRows } from '../../src/core/waterfall/sameRows.ts';
import { folded, revealed, type ViewChange } from '../../src/core/waterfall/viewChanges.ts';
import {
  emptyView,
  isLaidOutAlike,
  openingView,
  type ViewState,
} from '../../src/core/waterfall/viewState.ts';
import { clampRange, type TimeRange } from '../../src/core/waterfall/timeRange.ts';
import { asOneStep, changedView, rescaledViews } from '../../src/core/waterfall/viewHistory.ts';
import type { ViewName } from '../../src/core/waterfall/viewNames.ts';
import type { OpenedTrace } from '../../src/protocol/waterfall.ts';
import { TraceFilter, type AnsweredCondition } from './filter/traceFilter.ts';
import { PageState } from './pageState.ts';
import { figuresOfGroup, pageTrace, type PageTrace } from './openTrace.ts';

/** Where a line should be brought to. */
export interface Reveal {
  readonly line: LineRef;
  readonly align: 'nearest' | 'center';
}

/**
 * What the page shows and how it changes. Decisions are functions of core/waterfall; this holds their
 * answers and tells, once a frame, that something changed.
 */
export class WaterfallModel extends PageState {
  trace: PageTrace | undefined;
  /** The trace as it came, and what clocks would have to be shifted by. */
  recorded: (AdjustedClocks & { readonly opened: OpenedTrace }) | undefined;
  hasAdjustedClocks = false;
  /** Why there is no trace; empty while it is on its way. */
  failure = '';
  #history: History<ViewState> = startHistory(emptyView);
  lines: Lines = noLines;
  /** Of each line its place among its siblings. */
  places = linePlaces(noLines);
  /** The selected line. */
  selection: LineRef | undefined;
  /** Counts selections that were made: folding a selected row away selects another one too, and is none. */
  selections = 0;
  /** Names what the host marked ("spans of this method"); empty when matches come from the filter. */
  markLabel = '';
  /** One entry a span; undefined: nothing is looked for. */
  matches: Uint8Array | undefined;
  matchCount = 0;
  /** Lines that the screen has room for now: the first, and the one after the last. */
  screen = { first: 0, end: 0 };
  reveal: Reveal | undefined;
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

  get shape() {
    return this.trace?.opened.shape;
  }

  get viewState(): ViewState {
    return this.#history.present;
  }
  get filter(): string {
    return this.viewState.filter;
  }
  get onlyMatches(): boolean {
    return this.viewState.onlyMatches;
  }
  get onlyCritical(): boolean {
    return this.viewState.onlyCritical;
  }
  get range(): TimeRange {
    return this.viewState.range;
  }
  get canUndo(): boolean {
    return this.#history.past.length > 0;
  }
  get canRedo(): boolean {
    return this.#history.future.length > 0;
  }

  /** The selected span: of a group the one that costs most. */
  get selected(): SpanRow | undefined {
    return this.selection && this.rowOf(this.selection);
  }

  rowOf({ row, group }: LineRef): SpanRow {
    // Without lines a group has no members among them.
    if (!this.trace || group < 0 || this.lines.count === 0) return row;
    return figuresOfGroup(this.trace, this.lines, group).costliest;
  }

  /** Shows a trace, or one that was read again: what fits of the old view stays. */
  show(opened: OpenedTrace, habits = usualHabits): void {
    this.recorded = { opened, ...adjustClocks(opened.shape) };
    this.#showTimes();
    this.failure = '';
    this.#traceFilter = new TraceFilter(opened);
    if (!this.trace) return;
    const {
      groups,
      opened: { shape },
    } = this.trace;
    this.restart(withHabits(openingView(shape), shape, habits));
    this.selection = firstLook(shape, groups, this.viewState, this.lines);
    if (this.selection) this.reveal = { line: this.selection, align: 'center' };
    this.touch();
  }

  /** Times by the clocks of the callers, or as they were recorded. */
  setAdjustedClocks(adjusted: boolean): void {
    if (!this.shape) return;
    const before = this.shape;
    this.hasAdjustedClocks = adjusted;
    this.#showTimes();
    this.#history = rescaledViews(this.#history, before, this.shape);
    this.#layOut();
  }

  /** Shows the same trace mapped anew, looked at as before, with what can be undone. @returns false where it is another one */
  remap(opened: OpenedTrace): boolean {
    if (!this.recorded || !hasSameRows(this.recorded.opened, opened)) return false;
    this.recorded = { ...this.recorded, opened };
    this.#showTimes();
    this.#traceFilter?.show(opened);
    if (this.markLabel === '') this.#findMatches();
    this.touch();
    return true;
  }

  #showTimes(): void {
    if (!this.recorded) return;
    const { opened, start, shifts } = this.recorded;
    const isAdjusted = this.hasAdjustedClocks && shifts.length > 0;
    const shape = isAdjusted ? withStarts(opened.shape, start) : opened.shape;
    this.trace = pageTrace({ ...opened, shape });
  }

  fail(reason: string): void {
    this.failure = reason;
    this.touch();
  }

  select(row: SpanRow | undefined, align: Reveal['align'] = 'nearest'): void {
    if (row === undefined || !this.trace) return;
    const { viewState: view } = this;
    this.change(revealed(row), view.focus === undefined ? 'reveal' : '');
    this.selectLine({ row, group: -1 }, align);
  }

  selectLine(line: LineRef | undefined, align: Reveal['align'] = 'nearest'): void {
    if (!line || !this.trace) return;
    const { row, group } = this.selection ?? { row: -1, group: -1 };
    if (line.row !== row || line.group !== group) this.notification = '';
    this.selection = line;
    this.selections += 1;
    this.reveal = { line, align };
    this.touch();
  }

  /** Selects without bringing it into view; what has no line gives way to the nearest that has one. */
  choose(line: LineRef | undefined): void {
    this.selection = line;
    this.#keepSelection();
    this.touch();
  }

  /** Whether a line's children, or a group's members, have no lines. */
  isFolded({ row, group }: LineRef): boolean {
    return group < 0 ? this.viewState.folds[row] === 1 : !this.viewState.openGroups.has(group);
  }

  setFold(line: LineRef, isFolded: boolean): void {
    this.change(folded(line, isFolded));
  }

  /**
   * Changes how the trace is looked at; can be undone.
   * @param kind names what is changed where several steps count as one (typing, dragging)
   */
  change(change: ViewChange, kind = ''): void {
    if (!this.trace) return;
    const { groups, opened } = this.trace;
    const { viewState: view, matches } = this;
    const next = change(view, { shape: opened.shape, groups, matches });
    if (next === view) return;
    this.#go(changedView(this.#history, next, kind));
  }

  /** All that `act` changes is undone in one step. */
  inOneStep(act: () => void): void {
    const before = this.#history;
    act();
    this.#history = asOneStep(before, this.#history);
  }

  /** As `change`, and says how many rows there are. */
  changeRows(change: ViewChange): void {
    this.change(change);
    this.#announceRows();
  }

  undo(): void {
    this.#step(undone(this.#history));
  }

  redo(): void {
    this.#step(redone(this.#history));
  }

  #step(history: History<ViewState>): void {
    if (history === this.#history) return;
    const { filter } = this;
    this.#go(history);
    if (this.matches && this.filter !== filter) this.#announceMatches();
    else this.#announceRows();
  }

  #announceRows(): void {
    this.announce(rowsSentence(this.lines.count));
  }

  /** Starts from a view, with nothing to undo. */
  restart(view: ViewState): void {
    this.#history = startHistory(view);
    this.#findMatches();
    this.#layOut();
  }

  #go(history: History<ViewState>): void {
    const before = this.viewState;
    this.#history = history;
    const { viewState: view } = this;
    if (view.filter !== before.filter) {
      this.markLabel = '';
      this.#findMatches();
    }
    if (isLaidOutAlike(view, before)) this.touch();
    else this.#layOut();
  }

  /** @param kind see `change`: `filter` while it is typed */
  setFilter(text: string, kind = ''): void {
    if (text === this.filter && this.markLabel === '') return;
    const isMarked = this.markLabel !== '';
    this.markLabel = '';
    this.#stepWhenFound = undefined;
    this.change((view) => ({ ...view, filter: text }), kind);
    if (isMarked) this.#findMatches();
    this.#announceMatches();
  }

  answerAttributes(answers: readonly AnsweredCondition[]): void {
    for (const { condition, answer } of answers) this.#traceFilter?.answer(condition, answer);
    this.#findMatches();
    this.#announceMatches();
    if (this.#stepWhenFound !== undefined) this.goToMatch(this.#stepWhenFound);
    this.#stepWhenFound = undefined;
  }

  /** Marks spans the host names, in place of a filter, and goes to the first. */
  mark(rows: readonly SpanRow[], label: string): void {
    if (!this.shape) return;
    this.inOneStep(() => {
      this.setMarks(rows, label);
      this.select(neighborMatch(this.matches ?? new Uint8Array(0), undefined, 1), 'center');
    });
    this.announce(this.matchSummary());
  }

  /** Marks spans and leaves the selection where it is. */
  setMarks(rows: readonly SpanRow[], label: string): void {
    if (!this.shape) return;
    this.change((view) => (view.filter === '' ? view : { ...view, filter: '' }));
    this.markLabel = label;
    this.#setMatches(markRows(this.shape, rows));
  }

  setOnlyMatches(only: boolean): void {
    this.change((view) => ({ ...view, onlyMatches: only }));
    this.#setMatches(this.matches);
    this.#announceRows();
  }

  /** Opens another view; a span that was selected there has its line in the waterfall. */
  override setView(view: ViewName): void {
    const { selection } = this;
    if (view === 'waterfall' && this.view !== view && selection && selection.group < 0)
      this.select(selection.row);
    super.setView(view);
  }

  setOnlyCritical(only: boolean): void {
    this.change((view) => ({ ...view, onlyCritical: only }));
  }

  goToMatch(direction: 1 | -1): void {
    if (this.unanswered.length > 0) this.#stepWhenFound = direction;
    else if (this.matches)
      this.select(neighborMatch(this.matches, this.selected, direction), 'center');
  }

  /** @param kind see `change`: `range` while it is moved or zoomed bit by bit */
  setRange(range: TimeRange, kind: 'range' | '' = ''): void {
    this.change((view, { shape }) => ({ ...view, range: clampRange(range, shape.duration) }), kind);
  }

  /** `17 of 214 spans match`; empty when nothing is looked for. */
  matchSummary(): string {
    return this.matches && this.shape ? matchSummary(this.matchCount, this.shape.size) : '';
  }

  #findMatches(): void {
    if (!this.#traceFilter) return;
    this.#traceFilter.read(this.filter);
    this.searched();
    if (this.unanswered.length === 0) this.#setMatches(this.#traceFilter.matches());
  }

  #announceMatches(): void {
    const notes = this.filterNotes;
    this.announce(notes.length > 0 ? notes.join(' ') : this.matchSummary());
  }

  #setMatches(matches: Uint8Array | undefined): void {
    this.matches = matches;
    this.matchCount = matches ? countMatches(matches) : 0;
    if (!this.shape || !this.onlyMatches) {
      this.touch();
      return;
    }
    const kept = keptSpans(this.shape, this.viewState, matches);
    if (kept) {
      const present = { ...this.viewState, folds: revealingAll(this.viewState.folds, kept) };
      this.#history = { ...this.#history, present };
    }
    this.#layOut();
  }

  #layOut(): void {
    if (!this.trace) return;
    const { groups, opened } = this.trace;
    this.lines = layOutLines(opened.shape, groups, this.viewState, this.matches);
    this.places = linePlaces(this.lines);
    this.#keepSelection();
    this.touch();
  }

  #keepSelection(): void {
    const { selection, trace, lines } = this;
    // Without any line it stays, for when there are some again.
    if (!selection || !trace || lines.count === 0 || lineOf(lines, selection) >= 0) return;
    const { groups, opened } = trace;
    this.selection = refAt(lines, lineShowing(opened.shape, groups, lines, selection.row));
  }
}
