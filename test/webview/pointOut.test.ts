import assert from 'node:assert/strict';
import { WaterfallView } from './pageObject.ts';
import { WaterfallPages } from './waterfallPage.ts';

describe('waterfall page: spans of the line with the cursor', function () {
  this.timeout(60_000);
  let pages: WaterfallPages;
  before(async () => {
    pages = await WaterfallPages.start();
  });
  after(() => pages.close());

  const open = async () => {
    const view = new WaterfallView(await pages.open());
    const pointOut = async (...rows: number[]) => {
      await view.page.evaluate(
        ([of]) =>
          window.fakeHost.rpc.call('pointOut', { rows: of as never, label: 'Spans of a.ts:7' }),
        [rows],
      );
      await view.frame();
    };
    const selected = async () => Number(await view.selected.getAttribute('data-row'));
    return { view, pointOut, selected };
  };

  it('the first is selected and all are marked, without a word', async () => {
    const { view, pointOut, selected } = await open();
    const said = await view.texts('[role=status]');
    await pointOut(8, 11, 14);
    assert.equal(await selected(), 8);
    await view.page.getByText('Spans of a.ts:7 · 3 of 664 spans match.').waitFor();
    assert.deepEqual(await view.texts('[role=status]'), said);
    assert.deepEqual(await view.calls('previewCode'), []);
    await view.close();
  });

  it('a selection that is one of them stays', async () => {
    const { view, pointOut, selected } = await open();
    await pointOut(8, 11, 14);
    await view.press('n');
    assert.equal(await selected(), 11);
    await pointOut(8, 11, 14);
    assert.equal(await selected(), 11);
    await view.close();
  });

  it('rows stay folded: what shows the span is selected', async () => {
    const { view, pointOut, selected } = await open();
    await view.press('Home', 'ArrowLeft');
    assert.equal(await view.rows.count(), 1);
    await pointOut(8);
    assert.equal(await view.rows.count(), 1);
    assert.equal(await selected(), 0);
    await view.close();
  });

  it('a filter stays', async () => {
    const { view, pointOut, selected } = await open();
    await view.press('/');
    await view.page.keyboard.type('pricing');
    await view.frame();
    await pointOut(8);
    assert.equal(await view.filter.inputValue(), 'pricing');
    assert.equal(await selected(), 8);
    await view.close();
  });
});
