/** A key is a dictionary entry in stores and views: a hostile megabyte of name isn't kept in one. */
const longestPart = 1_000;

export const boundedName = (text: string): string =>
  text.length > longestPart ? text.slice(0, longestPart) : text;
