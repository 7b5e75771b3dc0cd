/** A value as an attribute has it: a list or object as JSON text, nothing as empty text, and `…` for what is too deep to be written. */
export function valueText(value: unknown): string | number | boolean {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  try {
    return value === null || value === undefined ? '' : JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return '…';
  }
}
