/** The views of a trace, as their tabs stand; the first is the one a trace opens with. */
export const viewNames = [
  'waterfall',
  'statistics',
  'flame',
  'list',
  'services',
  'compare',
] as const;
export type ViewName = (typeof viewNames)[number];

/** The view that a digit key switches to, in any alphabet of the keyboard: `1` is the first tab. */
export const viewOfKey = (key: string): ViewName | undefined =>
  /^[1-9]$/.test(key) ? viewNames[Number(key) - 1] : undefined;

/** Views that show which spans match, by a filter or as marked. */
export const showsMatches = (view: ViewName): boolean => view !== 'services' && view !== 'compare';

/** Views of single spans, beside which the details of the selected one stand. */
export const hasDetails = (view: ViewName): boolean => view === 'waterfall' || view === 'list';
