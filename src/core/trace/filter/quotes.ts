/** A quoted part of a filter; one that isn't closed ends with the text. Within it `""` is a quote. */
const quotedPart = /"((?:[^"]|"")*)(?:"|$)/gu;

/** What a text of a filter says: `"two words"` without its quotes, and `""` within them as one. */
export const unquote = (text: string): string =>
  text.replaceAll(quotedPart, (_, quoted: string) => quoted.replaceAll('""', '"'));

/** The text as a filter says it whatever is in it. */
export const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** The text as a field of one line can hold it. */
export const oneLine = (text: string): string => text.replaceAll(/[\r\n]+/gu, ' ');
