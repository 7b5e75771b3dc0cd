/** How the bench finds its way in a page: selectors of what a user sees and uses. */
export interface PageKind {
  readonly page: 'spanhop' | 'spanhop in VS Code' | 'jaeger-ui' | 'plain';
  readonly row: string;
  /** What is clicked in a row. */
  readonly clicked: string;
  /** What tells about the clicked span; the id of the span, or its attributes, are in it once it is there. */
  readonly details: string;
  /** Where the wheel is turned. */
  readonly scrolled: string;
  readonly filter: string;
  /** Says how many spans match. */
  readonly count: string;
  /** A filter by an attribute in the page's own words, and what stands before part of a name. */
  readonly byAttribute: string;
  readonly byName: string;
  /** The key that shows the rows that were folded away. */
  readonly showAll?: string;
}

export const spanhop: PageKind = {
  page: 'spanhop',
  row: '.row:not([hidden])',
  clicked: '.row:not([hidden]) .row-operation',
  details: '.details',
  scrolled: '[role=tree]',
  filter: '#filter',
  count: '.filter-count',
  byAttribute: 'tenant.id=tenant-7',
  byName: 'name:',
  showAll: 'a',
};

/** The same page as a webview of the real editor. */
export const inEditor: PageKind = { ...spanhop, page: 'spanhop in VS Code' };

export const jaegerUi: PageKind = {
  page: 'jaeger-ui',
  row: '.span-name-column',
  clicked: '.span-row .span-name',
  details: '.detail-info-wrapper',
  scrolled: '.span-row',
  filter: '.TracePageSearchBar input',
  count: '.TracePageSearchBar--count',
  byAttribute: 'tenant-7',
  byName: '',
};

export const plain: PageKind = {
  page: 'plain',
  row: '.row:not([hidden])',
  clicked: '.row:not([hidden])',
  details: '#details',
  scrolled: '#scroller',
  filter: 'input',
  count: '#count',
  byAttribute: 'tenant.id=tenant-7',
  byName: '',
};
