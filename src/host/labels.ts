import { formatCount } from '../core/base/format.ts';
import { message } from '../core/base/message.ts';
import { visibleText } from '../core/base/visibleText.ts';

/** Quick picks draw `$(name)` as an icon: text from spans and servers must not. */
export const withoutIcons = (text: string): string => text.replaceAll('$(', '$\u200b(');

/** Pop-ups make links of `[text](command:…)`: text from spans and servers must not. */
export const withoutLinks = (text: string): string => text.replaceAll('](', ']\u200b(');

/**
 * Text that Markdown shows as it is: no link, no emphasis, no line of its own. VS Code's `appendText` makes
 * each space one that lines can't be broken at, so that words are torn at the edge of a hover.
 */
export const escapedMarkdown = (text: string): string =>
  visibleText(text).replace(/[!-/:-@[-`{-~]/g, '\\$&');

/** Beside the entry of a quick pick that holds now. */
export const currentMark = (isCurrent: boolean): { description?: string } =>
  isCurrent ? { description: message('current') } : {};

/** `1 request`, `1,204 requests`. */
export const requestsText = (count: number): string =>
  count === 1 ? message('1 request') : message('{0} requests', formatCount(count));
