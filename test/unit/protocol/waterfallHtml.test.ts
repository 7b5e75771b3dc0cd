import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { MessageBundle } from '../../../src/core/base/message.ts';
import { waterfallHtml } from '../../../src/protocol/waterfallHtml.ts';

const page = {
  scriptUri: 'vscode-resource://x/waterfall.js',
  styleUri: 'vscode-resource://x/waterfall.css',
  cspSource: 'vscode-resource:',
  nonce: 'abc123',
  title: 'Trace',
  traceId: 'abc',
  language: 'ko',
};

describe('waterfallHtml', () => {
  it('allows one script by its nonce, styles of the editor, and nothing else', () => {
    const html = waterfallHtml(page);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1];
    assert.equal(
      policy?.replaceAll('&#39;', "'"),
      "default-src 'none'; script-src 'nonce-abc123'; style-src vscode-resource:; img-src blob:; base-uri 'none'; form-action 'none'",
    );
    assert.doesNotMatch(html, /unsafe|<style|style=|onload/);
  });

  it('says the language and the title as text, whatever is in them', () => {
    const hostile = '"></title><script>alert(1)</script>';
    const html = waterfallHtml({ ...page, title: hostile, traceId: hostile });
    assert.match(html, /<html lang="ko">/);
    assert.equal(html.match(/<script/g)?.length, 1);
  });

  it('holds what the page says before the host has answered, and no other sentence', () => {
    const bundle = new URL('../../../l10n/bundle.l10n.ko.json', import.meta.url);
    const messages = JSON.parse(readFileSync(bundle, 'utf8')) as MessageBundle;
    const held = /data-messages="([^"]*)"/.exec(waterfallHtml({ ...page, messages }))?.[1] ?? '';
    const read = JSON.parse(
      held.replaceAll('&quot;', '"').replaceAll('&#39;', "'"),
    ) as MessageBundle;
    const source = readFileSync(
      new URL('../../../media/waterfall/app.tsx', import.meta.url),
      'utf8',
    );
    const waiting = source.slice(source.indexOf('function Waiting'));
    const said = [...waiting.matchAll(/message\((?:'([^']*)'|"([^"]*)")\)/g)];
    assert.deepEqual(
      Object.keys(read).toSorted(),
      said.map(([, single, double]) => single ?? double).toSorted(),
    );
    assert.equal(read['Try again'], messages['Try again']);
  });
});
