import axe from 'axe-core';
import assert from 'node:assert/strict';
import { epochMicroseconds } from '../../src/core/base/units.ts';
import { SpanTree, traceStart } from './page/spanTree.ts';
import { WaterfallView } from './pageObject.ts';
import { themes, type ThemeName } from './themes.ts';
import { WaterfallPages } from './waterfallPage.ts';

const statement =
  'SELECT "main"."Order"."id", "main"."Order"."status" FROM "main"."Order" WHERE ("main"."Order"."id" = ? AND 1=1) LIMIT ? OFFSET ?';

/** A query with an attribute of each type, and more of them than fit at a glance. */
function queryTrace() {
  const tree = new SpanTree();
  const root = tree.add(undefined, {
    name: 'GET /api/orders/:id',
    service: 'shop-api',
    kind: 'server',
    start: 0,
    duration: 90_000,
    attributes: {
      'http.request.method': 'GET',
      'http.route': '/api/orders/:id',
      'http.response.status_code': 200,
      'url.full': 'https://shop.example/api/orders/8841?full=true',
      'url.scheme': 'https',
      'server.address': 'shop.example',
      'server.port': 443,
      'network.peer.address': '10.0.0.7',
      'user_agent.original': 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36',
      'app.cache.hit': false,
      'app.version': '200',
      'app.retries': 0,
      'app.tags': ['paid', 'gift'],
      'app.payload': JSON.stringify({
        order: { id: 8841, big: 1, lines: [{ sku: 'A-1', amount: 2 }], notes: 'x'.repeat(60) },
      }),
      'app.long': 'lorem ipsum '.repeat(400),
    },
    events: [
      {
        name: 'cache.miss',
        time: epochMicroseconds(traceStart + 12_500),
        attributes: [{ key: 'cache.key', value: 'order:8841' }],
      },
    ],
  });
  tree.add(root, {
    name: 'prisma:client:db_query',
    service: 'shop-api',
    kind: 'client',
    start: 5_000,
    duration: 40_000,
    attributes: { 'db.system.name': 'sqlite', 'db.query.text': statement },
  });
  return tree.spans;
}

describe('waterfall page: details of a span', function () {
  this.timeout(60_000);
  let pages: WaterfallPages;
  before(async () => {
    pages = await WaterfallPages.start();
  });
  after(() => pages.close());
  const open = async (operation: string, options: Parameters<WaterfallPages['open']>[0] = {}) => {
    const trace = { kind: 'spans', spans: queryTrace() } as const;
    const view = new WaterfallView(await pages.open({ trace, height: 1_100, ...options }));
    await view.row(operation).click();
    await view.details.getByRole('table', { name: 'Attributes', exact: true }).waitFor();
    return view;
  };
  const attribute = (view: WaterfallView, key: string) =>
    view.details.getByRole('row').filter({ has: view.page.getByRole('rowheader', { name: key }) });

  it('are asked for when the mouse is pressed, once', async () => {
    const view = await open('GET /api');
    const asked = async () =>
      (await view.calls('spanDetail')).map((one) => (one as { row: number }).row);
    const heading = view.details.getByRole('heading', { level: 2 });
    const query = view.row('db_query SELECT');
    const server = view.row('GET /api');
    await query.hover({ position: { x: 60, y: 8 } });
    await view.page.mouse.down();
    await view.page.waitForFunction(
      () => window.fakeHost.calls.filter(({ method }) => method === 'spanDetail').length === 2,
    );
    assert.match(await heading.innerText(), /GET/, 'a press alone selects nothing');
    await view.page.mouse.up();
    await attribute(view, 'db.query.text').waitFor();
    assert.deepEqual(await asked(), [0, 1]);

    await server.hover({ position: { x: 60, y: 8 } });
    await view.page.mouse.down();
    await view.details.hover();
    await view.page.mouse.up();
    await view.frame();
    assert.match(await heading.innerText(), /db_query/, 'a press that is dragged away is no click');
    await server.click();
    await attribute(view, 'http.route').waitFor();
    assert.deepEqual(await asked(), [0, 1, 0]);
    await view.close();
  });

  it('are asked for when the pointer rests on a row, and there when it is clicked', async () => {
    const view = await open('GET /api');
    const asked = async () =>
      (await view.calls('spanDetail')).map((one) => (one as { row: number }).row);
    const query = view.row('db_query SELECT');
    await query.hover({ position: { x: 60, y: 8 } });
    await view.page.waitForFunction(
      () => window.fakeHost.calls.filter(({ method }) => method === 'spanDetail').length === 2,
    );
    await query.click();
    await attribute(view, 'db.query.text').waitFor();
    assert.deepEqual(await asked(), [0, 1]);
    await view.close();
  });

  it('of the span before stay until the next are here, and no longer than a moment', async () => {
    const view = await open('GET /api');
    const heading = view.details.getByRole('heading', { level: 2 });
    const loading = view.details.getByText('Loading…');
    await view.details.evaluate((details) => {
      new MutationObserver(() => {
        const isLoading = details.querySelector('.details-loading') !== null;
        if (isLoading) details.dataset['wasLoading'] = 'yes';
      }).observe(details, { childList: true, subtree: true });
    });
    await view.row('db_query SELECT').click();
    await attribute(view, 'db.query.text').waitFor();
    assert.equal(await view.details.getAttribute('data-was-loading'), null);

    const come = await view.page.evaluateHandle(() => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      window.fakeHost.detailsAfter = promise;
      return resolve;
    });
    await view.row('GET /api').click();
    await loading.waitFor();
    assert.match(await heading.innerText(), /GET/, 'what the page knows itself is the new span');
    await come.evaluate((resolve) => resolve(undefined));
    await attribute(view, 'http.route').waitFor();
    assert.equal(await loading.count(), 0);
    await view.close();
  });

  it('of another span are all there, whatever was looked for in those of the one before', async () => {
    const view = await open('GET /api');
    await view.details.getByRole('searchbox', { name: 'Search Attributes' }).fill('http.route');
    await attribute(view, 'url.full').waitFor({ state: 'detached' });
    await view.row('db_query SELECT').click();
    await attribute(view, 'db.query.text').waitFor();
    assert.equal(await view.details.getByRole('searchbox').count(), 0);
    assert.equal(await view.details.getByText('No matching attributes.').count(), 0);
    await view.close();
  });

  it('attributes stand in groups, sorted, and types are told apart', async () => {
    const view = await open('GET /api');
    assert.deepEqual(await view.texts('.attribute-group'), ['HTTP', 'Network', 'Service']);
    const keys = await view.details.locator('.attribute th').allInnerTexts();
    assert.deepEqual(keys.slice(0, 3), [
      'http.request.method',
      'http.response.status_code',
      'http.route',
    ]);
    assert.equal(
      await attribute(view, 'http.response.status_code').locator('.mark-number').innerText(),
      '200',
    );
    assert.equal(await attribute(view, 'app.version').locator('.mark-string').innerText(), '"200"');
    assert.equal(
      await attribute(view, 'app.cache.hit').locator('.mark-literal').innerText(),
      'false',
    );
    assert.match(
      await attribute(view, 'app.payload').locator('.value').innerText(),
      /^{\n {2}"order": {\n {4}"id": 8841,/,
    );
    await view.close();
  });

  it('a long value is folded; all of it is a press away', async () => {
    const view = await open('GET /api');
    const long = attribute(view, 'app.long');
    assert.ok((await long.locator('.value').innerText()).length < 1_100);
    await long.getByRole('button', { name: 'Show all (4,800 characters)' }).click();
    assert.equal((await long.locator('.value').innerText()).length, 4_800);
    await long.getByRole('button', { name: 'Show less' }).click();
    assert.ok((await long.locator('.value').innerText()).length < 1_100);
    await view.close();
  });

  it('SQL stands on lines and in colors once the host answered, and as it was recorded when asked', async () => {
    const view = await open('db_query SELECT');
    const sql = attribute(view, 'db.query.text');
    await sql.locator('.mark-keyword', { hasText: 'WHERE' }).waitFor();
    assert.deepEqual(await view.calls('formatSql'), [{ row: 1, attribute: 1 }]);
    await view.screenshot('details-sql');
    await sql.getByRole('button', { name: 'Copy db.query.text', exact: true }).click();
    await sql.getByRole('button', { name: 'Show as recorded' }).click();
    assert.equal(await sql.locator('.value').innerText(), statement);
    await sql.getByRole('button', { name: 'Copy db.query.text', exact: true }).click();
    await sql.getByRole('button', { name: 'Copy db.query.text with its key' }).click();
    await view.frame();
    const copied = (await view.calls('copy')) as { text: string }[];
    assert.match(copied[0]?.text ?? '', /^SELECT[^]*\nFROM/);
    assert.deepEqual(copied.slice(1), [
      { text: statement },
      { text: `db.query.text=${statement}` },
    ]);
    await view.close();
  });

  it('a search leaves the attributes that have its words; Escape takes it back', async () => {
    const view = await open('GET /api');
    const search = view.details.getByRole('searchbox', { name: 'Search Attributes' });
    await search.fill('app gift');
    assert.deepEqual(
      await view.details.locator('.attributes').first().locator('.attribute th').allInnerTexts(),
      ['app.tags'],
    );
    await search.fill('nothing of it');
    await view.details.getByText('No matching attributes.').waitFor();
    await search.press('Escape');
    assert.equal(
      await view.details.locator('.attributes').first().locator('.attribute').count(),
      15,
    );
    await view.close();
  });

  it('one Tab reaches the buttons of an attribute, arrow keys those of the others', async () => {
    const view = await open('GET /api');
    const search = view.details.getByRole('searchbox');
    await search.focus();
    await view.page.keyboard.press('Tab');
    const focused = () =>
      view.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    assert.equal(await focused(), 'Copy http.request.method');
    await view.page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'Copy http.response.status_code');
    await view.page.keyboard.press('ArrowRight');
    assert.equal(await focused(), 'Copy http.response.status_code with its key');
    await view.page.keyboard.press('End');
    assert.equal(await focused(), 'Copy app.version with its key');
    await view.page.keyboard.press('Home');
    await view.page.keyboard.press('ArrowDown');
    await view.page.keyboard.press('ArrowRight');
    assert.equal(await focused(), 'Filter by this http.response.status_code');
    await view.page.keyboard.press('Enter');
    await view.frame();
    assert.equal(await view.filter.inputValue(), 'http.response.status_code=200');
    await view.close();
  });

  it('all attributes and all events are copied at once', async () => {
    const view = await open('GET /api');
    await view.details.getByRole('button', { name: 'Copy all attributes' }).click();
    await view.details.getByRole('button', { name: 'Copy all events' }).click();
    await view.frame();
    const [attributes, events] = (await view.calls('copy')) as { text: string }[];
    assert.match(attributes?.text ?? '', /^http\.request\.method=GET\nhttp\.route=/);
    assert.equal(attributes?.text.split('\n').length, 15);
    assert.equal(events?.text, '12.5 ms cache.miss\ncache.key=order:8841');
    await view.close();
  });

  it('the span is copied in other forms and opened in its source from a menu, by keys too', async () => {
    const view = await open('GET /api');
    await view.details.getByRole('heading', { level: 2 }).focus();
    await view.page.keyboard.press('Tab');
    await view.page.keyboard.press('Enter');
    const choices = view.details.getByRole('menuitem');
    await choices.first().and(view.page.locator(':focus')).waitFor();
    assert.deepEqual(await choices.allInnerTexts(), [
      'Copy as JSON',
      'Copy as OTLP JSON',
      'Copy as curl',
      'Open in Jaeger UI',
    ]);
    await view.screenshot('details-menu');
    assert.deepEqual(await violations(view), []);
    await view.page.keyboard.press('ArrowDown');
    await view.page.keyboard.press('Enter');
    await view.frame();
    assert.deepEqual(await view.calls('copySpan'), [{ row: 0, format: 'otlp' }]);
    await view.page.keyboard.press('Enter');
    await view.details
      .getByRole('menuitem', { name: 'Copy as JSON' })
      .and(view.page.locator(':focus'))
      .waitFor();
    await view.page.keyboard.press('End');
    await view.page.keyboard.press('Enter');
    await view.frame();
    assert.deepEqual(await view.calls('openSourcePage'), [{ row: 0 }]);
    await view.row('db_query SELECT').click();
    await view.details.getByRole('button', { name: 'Copy or open this span' }).click();
    assert.equal(await view.details.getByRole('menuitem', { name: 'Copy as curl' }).count(), 0);
    await view.close();
  });

  it('a link opens its trace, or shows both traces here, the other one marked, until one is wanted again', async () => {
    const view = new WaterfallView(await pages.open({ height: 1_100 }));
    await view.filter.fill('name:=remove');
    await view.filter.press('Enter');
    const links = view.details.locator('.span-link');
    await links.getByRole('button', { name: 'Show both traces here' }).click();
    await view.page.getByText('Shown with').waitFor();
    await view.page.getByTitle('Go to where this trace begins').click();
    await view.frame();
    assert.match(
      (await view.focusedLabel()) ?? '',
      /process order.removed.*a linked trace begins here/,
    );
    await view.screenshot('details-joined');
    assert.deepEqual(await violations(view), []);
    await view.button('Show one trace').click();
    await view.page.getByText('Shown with').waitFor({ state: 'detached' });
    assert.equal(await view.rows.filter({ hasText: 'process order.removed' }).count(), 0);
    assert.equal((await view.calls('joinTrace')).length, 1);
    await view.close();
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`axe finds nothing in ${themes[theme].name}, also at 400 px`, async () => {
      const view = await open('GET /api', { theme });
      await view.screenshot(`details-${theme}`);
      assert.deepEqual(await violations(view), []);
      await view.row('db_query SELECT').click();
      await view.details.locator('.mark-keyword').first().waitFor();
      await view.screenshot(`details-sql-${theme}`);
      assert.deepEqual(await violations(view), []);
      await view.close();
      const narrow = await open('GET /api', { theme, width: 400, height: 700 });
      await narrow.screenshot(`details-narrow-${theme}`);
      assert.deepEqual(await violations(narrow), []);
      assert.equal(
        await narrow.page.evaluate(() => {
          const body = document.querySelector('.details-body');
          return body !== null && body.scrollWidth <= body.clientWidth;
        }),
        true,
      );
      await narrow.close();
    });
  }

  it('no page logged an error or broke its policy', () => {
    assert.deepEqual(pages.errors, []);
  });
});

/** Rules that axe finds broken in the details. */
async function violations(view: WaterfallView): Promise<readonly string[]> {
  await view.page.evaluate(axe.source);
  return view.page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: typeof axe };
    const found = await checker.run('.details');
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
}
