/** Letters and digits in a text: what of a pattern is written out, and tells one from another. */
export const lettersIn = (text: string): number => text.replaceAll(/[^\p{L}\p{N}]/gu, '').length;
