import fc from 'fast-check';
import assert from 'node:assert/strict';
import { readSavedState } from '../../../src/protocol/savedState.ts';
import type { WaterfallState } from '../../../src/protocol/waterfall.ts';

const state: WaterfallState = {
  version: 1,
  traceId: '5b8aa5a2d2c872e8321cf37308d69df2',
  selectedSpanId: '00f067aa0ba902b7',
  isGroupSelected: false,
  foldBase: 'none',
  flippedSpanIds: ['00f067aa0ba902b8'],
  isGrouped: true,
  openGroupIds: ['00f067aa0ba902b9'],
  focusSpanId: '00f067aa0ba902ba',
  shortest: 1_000,
  scrollTop: 120,
  filter: 'error',
  viewStart: 0,
  viewEnd: 2_450_000,
  detailsOpen: true,
  costsOpen: false,
  joinedTraceIds: ['0af7651916cd43dd8448eb211c80319c'],
  onlyMatches: false,
  onlyCritical: true,
  namesShare: 0.4,
  detailsShare: 0.3,
  view: 'statistics',
  viewSettings: { 'statistics.by': 'line' },
};

describe('readSavedState', () => {
  it('gives back what a page kept, through JSON', () => {
    assert.deepEqual(readSavedState(JSON.parse(JSON.stringify(state))), state);
  });

  it('refuses another version and a trace id that is not hex', () => {
    assert.equal(readSavedState({ ...state, version: 2 }), undefined);
    assert.equal(readSavedState({ ...state, traceId: '../../etc' }), undefined);
    assert.equal(readSavedState(undefined), undefined);
  });

  it('leaves out parts that are not what they should be', () => {
    const odd = {
      ...state,
      scrollTop: 'far',
      flippedSpanIds: [1, 'a'],
      foldBase: 7,
      namesShare: 7,
      view: 'map',
      costsOpen: 'yes',
      joinedTraceIds: ['../../etc', 7, 'ab'],
    };
    const read = readSavedState(odd);
    assert.deepEqual(
      [read?.scrollTop, read?.flippedSpanIds, read?.foldBase, read?.namesShare, read?.view],
      [0, ['a'], 'opening', undefined, undefined],
    );
    const viewSettings = { by: 'line', sort: 7, ['x'.repeat(1_000)]: 'y' };
    assert.deepEqual(readSavedState({ ...state, viewSettings })?.viewSettings, { by: 'line' });
    assert.deepEqual(readSavedState({ ...state, viewSettings: 'all' })?.viewSettings, {});
    assert.deepEqual([read?.costsOpen, read?.joinedTraceIds], [undefined, ['ab']]);
  });

  it('never throws, whatever is given', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        readSavedState(value);
      }),
    );
  });
});
