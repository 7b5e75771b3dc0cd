import assert from 'node:assert/strict';

import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import { kindColors } from '../../src/host/endpoints/barIcon.ts';
import { takeFromMenu } from '../support/editor/chooseInMenu.ts';
import type { EditorWindow } from '../support/editor/editorWindow.ts';
import { useTheme } from '../support/editor/useTheme.ts';
import { freePort } from '../support/freePort.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { shopFolder } from '../support/shop.ts';
import { makeSpan } from '../support/span.ts';
import { openedHere } from './openedHere.ts';
import { receives } from './stage.ts';

const start = Math.floor(Date.now() / 1_000 - 600) * 1_000_000;

interface Asked {
  readonly method: string;
  readonly route: string;
  /** ms of the request, of which so many in the database, in HTTP calls and in a cache. */
  readonly ms: number;
  readonly database: number;
  readonly http: number;
  readonly cache: number;
}

const asked: readonly Asked[] = [
  {
    method: 'DELETE',
    route: '/api/v1/orders/:id',
    ms: 2_300,
    database: 200,
    http: 1_980,
    cache: 0,
  },
  { method: 'GET', route: '/api/v1/orders/:id', ms: 400, database: 320, http: 0, cache: 40 },
  { method: 'GET', route: '/api/v1/customers', ms: 90, database: 5, http: 0, cache: 60 },
];

let traces = 0;

function request({ method, route, ms, ...times }: Asked): readonly RawSpan[] {
  traces += 1;
  const traceId = `${String(traces).padStart(8, '0')}0af7651916cd43dd8448eb21`;
  const id = (row: number) => `00f067aa${String(traces).padStart(4, '0')}000${String(row)}`;
  const parts = [
    { duration: times.database, attributes: { 'db.system': 'postgresql' } },
    { duration: times.http, attributes: { 'http.request.method': 'GET' } },
    { duration: times.cache, attributes: { 'db.system': 'redis' } },
  ];
  let at = start + 1_000;
  return [
    makeSpan({
      traceId,
      start,
      id: id(0),
      name: `${method} ${route}`,
      kind: 'server',
      duration: ms * 1_000,
      scope: '@opentelemetry/instrumentation-http',
      attributes: { 'http.request.method': method, 'http.route': route },
    }),
    ...parts.map(({ duration, attributes }, row) => {
      const from = at;
      at += duration * 1_000;
      return makeSpan({
        traceId,
        id: id(row + 1),
        parent: id(0),
        name: 'call',
        kind: 'client',
        start: from,
        duration: duration * 1_000,
        attributes,
      });
    }),
  ];
}

const themes = [
  ['Light Modern', 'vs'],
  ['Dark High Contrast', 'hc-black'],
  ['Dark Modern', 'vs-dark'],
] as const;

describe('what endpoints spend their time on', () => {
  const opened = openedHere();
  let window: EditorWindow;
  before(async function () {
    this.timeout(180_000);
    const port = await freePort();
    const receiver = `http://127.0.0.1:${String(port)}`;
    const server = await opened.server({ 'spanhop.localStore.port': port });
    window = await opened.window(server, await opened.browser(), shopFolder);
    await window.views.openContainer('Spanhop');
    await receives(receiver);
    await sendOtlp(receiver, [...asked, ...asked].flatMap(request));
    await window.runCommand('Spanhop: Refresh');
  });

  const labelsOf = async () =>
    (await window.views.labels('Endpoints')).filter((label) => label.includes(', p95 '));

  it('is said with each endpoint, and drawn in its bar', async () => {
    await window.until('shares', async () =>
      (await labelsOf()).some((label) => label.includes('outgoing HTTP')),
    );
    const [first] = await labelsOf();
    assert.match(first!, /^DELETE .*, 86% outgoing HTTP, 9% database, 5% code$/);
    const icon = await window.views
      .rows('Endpoints', 'DELETE /api/v1/orders/:id')
      .locator('.custom-view-tree-node-item-icon')
      .evaluate((element) => getComputedStyle(element).backgroundImage);
    const svg = Buffer.from(/base64,([^"')]+)/.exec(icon)?.[1] ?? '', 'base64').toString();
    assert.ok(svg.includes(kindColors.http) && svg.includes(kindColors.database), icon);
  });

  it('has a legend in the tooltip', async () => {
    const tooltip = window.page.locator('.workbench-hover', { hasText: '86% outgoing HTTP' });
    await window.until('the tooltip', async () => {
      await window.page.mouse.move(900, 500);
      await window.views.rows('Endpoints', 'DELETE /api/v1/orders/:id').hover();
      const shown = tooltip.waitFor({ timeout: 3_000 });
      return shown.then(
        () => true,
        () => false,
      );
    });
    const text = await tooltip.innerText();
    assert.match(text, /■ 86% outgoing HTTP · ■ 9% database · ■ 5% code/);
    assert.match(text, /Time shares are based on 2 sampled requests\./);
    const color = await tooltip
      .locator('span', { hasText: '■' })
      .first()
      .evaluate((element) => getComputedStyle(element).color);
    assert.equal(color, 'rgb(181, 42, 145)');
    await window.screenshot('endpoint-kinds-tooltip');
  });

  it('orders the endpoints, by time in the database or elsewhere', async () => {
    const entry = window.page.getByRole('menuitem', { name: 'Time in Database' });
    const open = () => window.views.clickAction('Endpoints', 'Sort By');
    await open();
    await window.step('the order in the menu', () => entry.waitFor());
    await window.screenshot('endpoint-kinds-menu');
    await takeFromMenu(window, entry, open);
    await window.until('the order', async () => {
      const [first] = await labelsOf();
      return first?.startsWith('GET /api/v1/orders/:id, ') === true;
    });
    const row = window.views.rows('Endpoints', 'GET /api/v1/orders/:id, ');
    assert.match(await row.innerText(), /≈640 ms/);
  });

  for (const [theme, kind] of themes)
    it(`is drawn in ${theme}, also in a narrow view`, async () => {
      await useTheme(window, theme, kind);
      await window.views.widen(600);
      const name = `endpoint-kinds-${kind}`;
      await window.screenshot(name);
      await window.views.widen(348);
      assert.ok((await labelsOf()).some((label) => label.includes('outgoing HTTP')));
      await window.screenshot(`${name}-narrow`);
    });
});
