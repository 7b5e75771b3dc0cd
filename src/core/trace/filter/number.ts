/** Whether a text is one number, without a unit. */
export const isNumber = (text: string): boolean =>
  text.trim() !== '' && Number.isFinite(Number(text));
