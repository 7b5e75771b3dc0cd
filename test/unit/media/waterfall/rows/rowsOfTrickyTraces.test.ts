import { microseconds, spanRow } from '../../../../../src/core/base/units.ts';
import {
  focusedOn,
  folded,
  rowChanges,
  withoutShort,
  type ViewChange,
} from '../../../../../src/core/waterfall/viewChanges.ts';
import type { WaterfallModel } from '../../../../../media/waterfall/model.ts';
import { assertGolden } from '../../../../support/goldenText.ts';
import { showAgain } from '../../../../../media/waterfall/savedView.ts';
import { openedFrom, pageOf, rowsText } from '../../../../support/rowsText.ts';
import { trickyTraces } from '../../../../support/trickyTraces.ts';

/** What is done to the page, and what it is called in the golden file. */
type Step = readonly [title: string, act: (model: WaterfallModel) => void];

const change =
  (...changes: readonly ViewChange[]) =>
  (model: WaterfallModel) => {
    for (const one of changes) model.changeRows(one);
  };
const everything: Step = ['all spans', change(rowChanges.everything)];
const asOpened: Step = ['as opened again', change(rowChanges.asOpened)];
const open = (row: number, group: number) => folded({ row: spanRow(row), group }, false);
const fold = (row: number) => folded({ row: spanRow(row), group: -1 }, true);
const filter =
  (text: string, isOnly = false) =>
  (model: WaterfallModel) => {
    model.setFilter(text);
    model.setOnlyMatches(isOnly);
  };

const then =
  (...acts: readonly Step[1][]) =>
  (model: WaterfallModel) => {
    for (const act of acts) act(model);
  };

/** The rows of a page as it opens and after each step. */
function story(model: WaterfallModel, steps: readonly Step[]): string {
  const parts = [`# as it opens: ${rowsText(model)}`];
  for (const [title, act] of steps) {
    act(model);
    parts.push(`# ${title}: ${rowsText(model)}`);
  }
  return parts.join('\n\n');
}

const { producer, consumer, unfinished, finished, ...simple } = trickyTraces;
const stepsOf: Readonly<Record<keyof typeof simple, readonly Step[]>> = {
  parentMissing: [['collapsed', change(rowChanges.collapsedAll)]],
  twoRoots: [
    ['only the second', change(focusedOn(spanRow(2)))],
    [
      'without what is shorter than 25 ms',
      change(rowChanges.asOpened, withoutShort(microseconds(25_000))),
    ],
  ],
  cycle: [['only matches of tail', filter('tail', true)]],
  sharedIds: [['highlight shop', filter('service:shop')]],
  clockSkew: [['by the clocks of the callers', (model) => model.setAdjustedClocks(true)]],
  longerThanParent: [['to slow spans', change(rowChanges.toSlow)]],
  zeroDurations: [everything],
  idsInPaths: [['the calls open', change(open(1, 0))]],
  thousandSiblings: [
    ['to errors', change(rowChanges.toErrors)],
    ['only failures', filter('status:error', true)],
    ['all spans', then(filter(''), change(rowChanges.everything))],
  ],
  nestedGroups: [
    ['the group open', change(open(2, 0))],
    ['a group in it open', change(open(3, 1))],
    ['a member folded', change(fold(2))],
    ['only the third item', change(focusedOn(spanRow(14)))],
    asOpened,
    ['one span a line', change(rowChanges.expandedAll)],
  ],
  failingGroups: [
    ['to errors', change(rowChanges.toErrors)],
    ['highlight errors', filter('status:error')],
    ['collapsed', then(filter(''), change(rowChanges.collapsedAll))],
  ],
  strangeNames: [['highlight הזמנה', filter('הזמנה')]],
  deepChain: [
    ['collapsed, then a level more', change(rowChanges.collapsedAll, rowChanges.expandedLevel)],
    ['only matches of level 4999', filter('"level 4999"', true)],
  ],
  internals: [
    ['repeated calls open', change(open(9, 1))],
    ['undone', (model) => model.undo()],
    ['collapsed, then a level more', change(rowChanges.collapsedAll, rowChanges.expandedLevel)],
    everything,
    asOpened,
  ],
};

describe('rows of tricky traces', () => {
  const assertStory = (name: string, model: WaterfallModel, steps: readonly Step[]) =>
    assertGolden(new URL(`${name}.golden.txt`, import.meta.url), story(model, steps));

  for (const [name, steps] of Object.entries(stepsOf))
    it(`are those written down for ${name}, as it opens and after changes of the view`, () => {
      const spans = simple[name as keyof typeof simple];
      assertStory(name, pageOf(openedFrom(spans)), steps);
    });

  it('keep what was opened and selected when the rest of a trace arrives', () => {
    assertStory('unfinished', pageOf(openedFrom(unfinished)), [
      ['the queries open', change(open(1, 0))],
      ['the rest arrived', (model) => showAgain(model, openedFrom(finished))],
    ]);
  });

  it('show where a linked trace begins that is joined, and go back to one', () => {
    const ids = [producer[0]!.traceId, consumer[0]!.traceId];
    assertStory('joined', pageOf(openedFrom(producer)), [
      [
        'with the consumer',
        (model) => showAgain(model, openedFrom([...producer, ...consumer], ids)),
      ],
      ['alone again', (model) => showAgain(model, openedFrom(producer))],
    ]);
  });
});
