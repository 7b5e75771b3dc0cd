import {
  callLines,
  compareKeys,
  differingCalls,
  sortedLines,
  type CompareSort,
} from '../../../../src/core/waterfall/compare/compareLines.ts';
import { indentOf } from '../../../../src/core/waterfall/indent.ts';
import {
  settingOf,
  sortOf,
  sortText,
  type ViewSettings,
} from '../../../../src/core/waterfall/viewSettings.ts';
import {
  comparedMeasures,
  differenceOf,
  isDifferent,
  type ComparedMeasure,
  type Sides,
} from '../../../../src/core/trace/compare/comparison.ts';
import { largestDifference } from '../../../../src/core/trace/compare/largestDifference.ts';
import type { ComparisonPart, ShownComparison } from '../../../../src/protocol/traceComparison.ts';
import type { PageTrace } from '../../openTrace.ts';
import type { GridLines } from '../grid/gridLine.ts';
import { comparedTexts } from './comparisonTexts.ts';

/** How a comparison is looked at. */
export interface CompareSettings {
  readonly of: ShownComparison;
  /** The page's trace is the one before. */
  readonly isSwapped: boolean;
  readonly by: 'path' | 'line';
  readonly measure: ComparedMeasure;
  readonly sort: CompareSort;
  readonly onlyDifferences: boolean;
  /** Keys of opened lines. */
  readonly open: ReadonlySet<string>;
  /** Key of the line that has the keyboard. */
  readonly active: string | undefined;
}

/** The lines of the grid, and which part of the comparison each is. */
export interface ComparisonLines extends GridLines {
  readonly keys: readonly string[];
  readonly partAt: (index: number) => ComparisonPart | undefined;
}

/** Widest indent, so that names keep room. */
const mostIndent = 120;

const callKey = (id: number) => `call-${id}`;
const lineKey = (at: number) => `line-${at}`;

/** Begins with the way to the largest difference open, and that selected. */
export function openingSettings(
  comparison: ShownComparison,
): Omit<CompareSettings, 'of' | 'isSwapped'> {
  const { calls } = comparison;
  const path = largestDifference(calls, durationsOf(comparison))?.path ?? [0];
  const keys = path.map((at) => callKey(calls[at]?.id ?? 0));
  return {
    by: 'path',
    measure: 'critical',
    sort: { key: 'difference', ascending: false },
    onlyDifferences: false,
    open: new Set(keys.slice(0, Math.max(1, keys.length - 1))),
    active: keys.at(-1),
  };
}

/** What of the settings is kept with the page, whichever traces are compared. */
export const keptComparison = {
  write: ({ by, measure, sort, onlyDifferences }: CompareSettings): ViewSettings => ({
    'compare.by': by,
    'compare.measure': measure,
    'compare.sort': sortText(sort),
    'compare.only': onlyDifferences ? 'differences' : 'everything',
  }),
  read: (settings: ViewSettings) => {
    const only = settingOf(settings, 'compare.only', ['differences', 'everything']);
    return {
      by: settingOf(settings, 'compare.by', ['path', 'line']),
      measure: settingOf(settings, 'compare.measure', comparedMeasures),
      sort: sortOf(settings, 'compare.sort', compareKeys),
      onlyDifferences: only && only === 'differences',
    };
  },
};

/** Of the same traces compared again, what was chosen stays; which lines are open too, where there are as many. */
export function settingsOf(
  comparison: ShownComparison,
  kept: CompareSettings | undefined,
  opening: CompareSettings,
): CompareSettings {
  if (!kept || !isSamePair(kept.of, comparison)) return opening;
  const { calls, lines } = kept.of;
  const isAlike =
    calls.length === comparison.calls.length && lines.length === comparison.lines.length;
  const { open, active } = isAlike ? kept : opening;
  return { ...kept, of: comparison, open, active };
}

export const isSamePair = (one: ShownComparison, other: ShownComparison): boolean =>
  one.traces.every(({ traceId }, side) => traceId === other.traces[side]?.traceId);

/** The durations of both traces, µs. */
export const durationsOf = ({ traces: [before, after] }: ShownComparison): Sides => [
  before.duration,
  after.duration,
];

export const linesToShow = (
  comparison: ShownComparison,
  settings: CompareSettings,
  trace: PageTrace,
): ComparisonLines =>
  settings.by === 'path'
    ? callsToShow(comparison, settings, trace)
    : codeToShow(comparison, settings);

function callsToShow(
  comparison: ShownComparison,
  { measure, sort, onlyDifferences, open }: CompareSettings,
  { opened, colors }: PageTrace,
): ComparisonLines {
  const { calls } = comparison;
  const shown = onlyDifferences
    ? differingCalls(calls, measure, durationsOf(comparison))
    : undefined;
  const isOpen = (at: number) => open.has(callKey(calls[at]?.id ?? -1));
  const lines = callLines(calls, { sort, measure, isOpen, shown });
  const scale = largest(calls.map((call) => call[measure]));
  const keys = lines.map(({ at }) => callKey(calls[at]?.id ?? -1));
  return {
    count: lines.length,
    keys,
    partAt: (index) => {
      const call = calls[lines[index]?.at ?? -1];
      return call && { call: call.id };
    },
    at: (index) => {
      const line = lines[index];
      const call = line && calls[line.at];
      if (!line || !call) return undefined;
      const { name, place, calls: counts, errors, service } = call;
      return {
        key: keys[index] ?? '',
        ...comparedTexts({ name, place, calls: counts, errors, times: call[measure] }, scale),
        color: colors[opened.shape.services.indexOf(service)],
        classes: call.errors[1] > 0 ? ['error'] : [],
        isOpen: line.isOpen,
        level: line.level,
        indent: indentOf(line.level - 1, mostIndent),
        position: line.position,
        setSize: line.setSize,
      };
    },
  };
}

function codeToShow(
  comparison: ShownComparison,
  { sort, onlyDifferences }: CompareSettings,
): ComparisonLines {
  const { lines } = comparison;
  const durations = durationsOf(comparison);
  const order = sortedLines(lines, sort).filter((at) => {
    const line = lines[at];
    return !onlyDifferences || (line && isDifferent(line, line.self, durations));
  });
  const scale = largest(lines.map(({ self }) => self));
  const keys = order.map(lineKey);
  return {
    count: order.length,
    keys,
    partAt: (index) => {
      const line = order[index];
      return line === undefined ? undefined : { line };
    },
    at: (index) => {
      const line = lines[order[index] ?? -1];
      if (!line) return undefined;
      const { symbol, place, calls, errors, self } = line;
      return {
        key: keys[index] ?? '',
        ...comparedTexts({ name: symbol, place, calls, errors, times: self }, scale),
        color: undefined,
        classes: errors[1] > 0 ? ['error'] : [],
      };
    },
  };
}

/** The largest difference, by which bars are as long as they are. */
const largest = (all: readonly Sides[]): number =>
  all.reduce((most, times) => Math.max(most, Math.abs(differenceOf(times))), 0);
