import assert from 'node:assert/strict';
import { escapedMarkdown, requestsText, withoutLinks } from '../../../src/host/labels.ts';

describe('text in a hover', () => {
  it('is shown as it is, whatever Markdown would make of it', () => {
    assert.equal(
      escapedMarkdown('[a](command:evil) *b* <c>'),
      '\\[a\\]\\(command\\:evil\\) \\*b\\* \\<c\\>',
    );
    assert.equal(escapedMarkdown('a\n\n# b'), 'a␊␊\\# b');
  });

  it('breaks between words: its spaces are spaces', () => {
    assert.equal(escapedMarkdown('Read 3 s ago'), 'Read 3 s ago');
  });

  it('counts one request as one', () => {
    assert.equal(requestsText(1), '1 request');
    assert.equal(requestsText(1_204), '1,204 requests');
  });
});

describe('text in a pop-up', () => {
  it('is no link, whatever it says', () => {
    const link = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+\)/i;
    const text = 'No traces of [click here](command:workbench.action.quit).';
    assert.match(text, link);
    assert.doesNotMatch(withoutLinks(text), link);
    assert.equal(withoutLinks(text).replaceAll('\u200b', ''), text);
  });
});
