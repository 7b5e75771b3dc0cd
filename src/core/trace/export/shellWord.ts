/**
 * A text as one word of a POSIX shell: in single quotes, where nothing has a meaning but the quote itself. NUL, which no
 * argument can hold, is left out.
 */
export function shellWord(text: string): string {
  const whole = text.replaceAll('\0', '');
  return /^[\w%+./:=@-]+$/.test(whole) ? whole : `'${whole.replaceAll("'", `'\\''`)}'`;
}
