import { foldBases } from '../core/waterfall/foldBase.ts';
import { viewNames } from '../core/waterfall/viewNames.ts';
import type { ViewSettings } from '../core/waterfall/viewSettings.ts';
import { protocolVersion, type WaterfallState } from './waterfall.ts';

/** Traces shown with another that are read again with it. */
const mostJoined = 20;

/** Settings of views, and the length of each. */
const mostSettings = 50;
const longestSetting = 100;

const isTraceId = (text: string): boolean => /^[0-9a-f]{1,32}$/.test(text);

/** What a page keeps until its trace is there: after a reload it is known all the same which one is wanted. */
export const unseenState = (traceId: string) => ({ version: protocolVersion, traceId });

/** Whether the page kept how a trace was looked at, and not only which. */
export const isSeen = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'detailsOpen' in value;

/** The state a page kept, checked: undefined when it is not one, or of another version. */
export function readSavedState(value: unknown): WaterfallState | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const state = value as Record<string, unknown>;
  const text = (key: string) => (typeof state[key] === 'string' ? state[key] : '');
  const number = (key: string) => {
    const item = state[key];
    return typeof item === 'number' && Number.isFinite(item) ? item : undefined;
  };
  if (state['version'] !== protocolVersion || !isTraceId(text('traceId'))) return undefined;
  const view = viewNames.find((name) => name === state['view']);
  const traceStart = number('traceStart');
  const texts = (key: string) => {
    const items: unknown = state[key];
    return Array.isArray(items) ? items.filter((item) => typeof item === 'string') : [];
  };
  const share = (key: 'namesShare' | 'detailsShare') => {
    const item = number(key);
    return item === undefined || item <= 0 || item >= 1 ? {} : { [key]: item };
  };
  return {
    version: protocolVersion,
    traceId: text('traceId'),
    selectedSpanId: text('selectedSpanId') || undefined,
    isGroupSelected: state['isGroupSelected'] === true,
    foldBase: foldBases.find((base) => base === state['foldBase']) ?? 'opening',
    flippedSpanIds: texts('flippedSpanIds'),
    isGrouped: state['isGrouped'] !== false,
    openGroupIds: texts('openGroupIds'),
    ...(text('focusSpanId') !== '' && { focusSpanId: text('focusSpanId') }),
    shortest: Math.max(0, number('shortest') ?? 0),
    scrollTop: Math.max(0, number('scrollTop') ?? 0),
    filter: text('filter'),
    viewStart: number('viewStart') ?? 0,
    viewEnd: number('viewEnd') ?? 0,
    ...(traceStart !== undefined && { traceStart }),
    detailsOpen: state['detailsOpen'] === true,
    ...(typeof state['costsOpen'] === 'boolean' && { costsOpen: state['costsOpen'] }),
    joinedTraceIds: texts('joinedTraceIds').filter(isTraceId).slice(0, mostJoined),
    onlyMatches: state['onlyMatches'] === true,
    onlyCritical: state['onlyCritical'] === true,
    ...share('namesShare'),
    ...share('detailsShare'),
    ...(view !== undefined && { view }),
    ...(state['viewSettings'] !== undefined && {
      viewSettings: settingsOf(state['viewSettings']),
    }),
    ...(isTraceId(text('comparedWith')) && { comparedWith: text('comparedWith') }),
  };
}

function settingsOf(value: unknown): ViewSettings {
  if (typeof value !== 'object' || value === null) return {};
  const texts = Object.entries(value).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && entry.join('').length <= longestSetting,
  );
  return Object.fromEntries(texts.slice(0, mostSettings));
}
