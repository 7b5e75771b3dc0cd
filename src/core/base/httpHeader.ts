/** A header's name as RFC 9110 allows it (`token`). */
export const isHeaderName = (name: string): boolean => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);

/** A header's value that can be sent: visible ASCII with spaces inside. */
export const isHeaderValue = (value: string): boolean =>
  /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value);
