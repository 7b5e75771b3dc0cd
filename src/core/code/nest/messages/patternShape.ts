/** Pieces of a simple regular expression: a literal, an escaped one, or something for any text. */
const piece =
  /(?<literal>[\w:/-])|\\(?<escaped>[^\w])|(?:\.|\\[wdS]|\[[^\]\\]+\])(?<many>[*+]?)|(?<anchor>[\^$])/y;

/**
 * The shape of the texts that a regular expression takes, with `*` for what may be any: `order.*` of `/^order\..+$/`.
 * Undefined where it says more than a shape can.
 */
export function patternShape(source: string, flags: string): string | undefined {
  if (flags.includes('i')) return undefined;
  let shape = source.startsWith('^') ? '' : '*';
  piece.lastIndex = 0;
  while (piece.lastIndex < source.length) {
    const groups = piece.exec(source)?.groups;
    if (!groups) return undefined;
    const { literal, escaped, anchor } = groups;
    const at = piece.lastIndex;
    if (anchor === '^' ? at !== 1 : anchor === '$' && at !== source.length) return undefined;
    if (anchor === undefined) shape += literal ?? escaped ?? '*';
  }
  return source.endsWith('$') && !source.endsWith('\\$') ? shape : `${shape}*`;
}
