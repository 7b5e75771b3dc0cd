import assert from 'node:assert/strict';
import { join } from 'node:path';

import { epochMicroseconds } from '../../src/core/base/units.ts';
import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import type { EditorWindow } from '../support/editor/editorWindow.ts';
import { expandRow } from '../support/editor/expandRow.ts';
import { WaterfallPage } from '../support/editor/waterfallPage.ts';
import { freePort } from '../support/freePort.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { shopFolder } from '../support/shop.ts';
import { makeSpan } from '../support/span.ts';
import { openedHere } from './openedHere.ts';
import { receives, shopLine } from './stage.ts';

const service = 'apps/shop-api/src/carts/carts.service.ts';
const line = shopLine(service, 'cart.deleteMany(');
const start = Math.floor(Date.now() / 1_000 - 600) * 1_000_000;

let traces = 0;

/** A request that failed, with the exception on its handler's span and on its own. */
function failed(type: string, message: string, status: number, at = true): readonly RawSpan[] {
  traces += 1;
  const traceId = `${String(traces).padStart(8, '0')}0af7651916cd43dd8448eb21`;
  const id = (row: number) => `00f067aa${String(traces).padStart(4, '0')}000${String(row)}`;
  const frame = at ? `${join(shopFolder, service)}:${String(line)}:5` : '/app/dist/lib.js:1:1';
  const events: RawSpan['events'] = [
    {
      name: 'exception',
      time: epochMicroseconds(start),
      attributes: [
        { key: 'exception.type', value: type },
        { key: 'exception.message', value: message },
        { key: 'exception.stacktrace', value: `${type}: x\n    at CartsService.remove (${frame})` },
      ],
    },
  ];
  const route = '/api/v1/carts/:id';
  const shared = {
    traceId,
    start: start + traces,
    duration: 1_000,
    events,
    status: 'error',
  } as const;
  return [
    makeSpan({
      ...shared,
      id: id(0),
      name: `DELETE ${route}`,
      kind: 'server',
      scope: '@opentelemetry/instrumentation-http',
      attributes: {
        'http.request.method': 'DELETE',
        'http.route': route,
        'http.response.status_code': status,
      },
    }),
    makeSpan({ ...shared, id: id(1), parent: id(0), name: 'remove' }),
  ];
}

describe('exceptions that requests recorded', () => {
  const opened = openedHere();
  let window: EditorWindow;
  before(async function () {
    this.timeout(180_000);
    const port = await freePort();
    const receiver = `http://127.0.0.1:${String(port)}`;
    const server = await opened.server({ 'spanhop.localStore.port': port });
    window = await opened.window(server, await opened.browser(), shopFolder);
    await window.openFile(service);
    await window.views.openContainer('Spanhop');
    await receives(receiver);
    const hostile = "Cannot read properties of undefined (reading 'id') $(flame) [x](command:y)";
    await sendOtlp(receiver, [
      ...Array.from({ length: 10 }, () => failed('TypeError', hostile, 500)).flat(),
      ...failed('ECONNREFUSED', 'connect ECONNREFUSED 10.0.0.1:5432', 500, false),
      ...failed('NotFoundException', 'No such cart', 404),
    ]);
    await window.runCommand('Spanhop: Refresh');
  });

  it('stand above the line that threw them, once a request, without those answered with 4xx', async () => {
    const text = await window.lenses.aboveOnce(line, 'the exceptions', (texts) =>
      texts.join(' ').includes('10 × TypeError'),
    );
    assert.doesNotMatch(text.join(' '), /NotFound/);
    await window.screenshot('exceptions-lens');
  });

  const row = (spoken: string) => window.views.rows('Endpoints', spoken);

  it('are a group of Endpoints, with what they said, their count and their line', async () => {
    const group = row('Errors');
    await window.step('the group', () => group.waitFor());
    assert.match(await group.innerText(), /11 requests/);
    await expandRow(window, group);
    const error = row('TypeError');
    await window.step('the error', () => error.waitFor());
    const text = await error.innerText();
    assert.match(text, /^10 × TypeError/);
    assert.ok(text.includes(`carts.service.ts:${String(line)} · Cannot read properties`));
    assert.ok(text.includes('$(flame) [x](command:y)'));
    assert.match(
      await row('ECONNREFUSED').innerText(),
      /^1 × ECONNREFUSED\s*DELETE \/api\/v1\/carts\/:id · connect/,
    );
    await window.screenshot('exceptions-group');
    await window.views.widen(348);
    await window.screenshot('exceptions-group-narrow');
    await window.views.widen(700);
  });

  it('open their line with a click, and the latest trace with their action', async () => {
    await window.closeEditors();
    await row('TypeError').click();
    await window.waitForCursor({ file: 'carts.service.ts', line });
    await window.until('the latest trace', async () => {
      await row('TypeError').hover();
      const action = row('TypeError').locator('[aria-label="Open Latest Trace"]');
      const clicked = action.click({ timeout: 3_000 });
      return clicked.then(
        () => true,
        () => false,
      );
    });
    const waterfall = await WaterfallPage.shown(window);
    assert.equal(await waterfall.spanCount(), 2);
    await window.screenshot('exceptions-trace');
  });
});
