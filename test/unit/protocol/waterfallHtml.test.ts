import assert from 'node:assert/strict';
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
      "default-src 'none'; script-src 'nonce-abc123'; style-src vscode-resource:; base-uri 'none'; form-action 'none'",
    );
    assert.doesNotMatch(html, /unsafe|<style|style=|onload/);
  });

  it('says the language and the title as text, whatever is in them', () => {
    const hostile = '"></title><script>alert(1)</script>';
    const html = waterfallHtml({ ...page, title: hostile, traceId: hostile });
    assert.match(html, /<html lang="ko">/);
    assert.equal(html.match(/<script/g)?.length, 1);
  });
});
