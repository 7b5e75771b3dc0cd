const longestName = 60;
/** A character of two UTF-16 units that was cut between them. */
const halfOfPair = /[\ud800-\udbff]$/;

/** The name of a file for a trace that begins with `operation`, which is hostile text: letters and digits, and dashes between. */
export function suggestedName(operation: string, extension = 'trace.json'): string {
  const words = operation
    .slice(0, 1_000)
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, longestName)
    .replace(halfOfPair, '')
    .replace(/^-+|-+$/g, '');
  return `${words === '' ? 'trace' : words}.${extension}`;
}
