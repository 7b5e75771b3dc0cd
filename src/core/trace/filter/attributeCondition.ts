import type { AttributeValue, Attributes } from '../rawSpan.ts';

/** What an attribute has to be. */
export interface AttributeCondition {
  /** Of any case. */
  readonly key: string;
  readonly comparison: '=' | '>' | '>=' | '<' | '<=';
  /** `=`: of any case, `*` standing for any text. Else a number. */
  readonly value: string;
}

/** Whether one of some attributes is what a condition says; undefined where none has its key. */
export type AttributeTest = (attributes: Attributes) => boolean | undefined;

/** A test for many spans: they share their few keys, each of which is compared once. */
export function attributeTest({ key, comparison, value }: AttributeCondition): AttributeTest {
  const wantedKey = key.toLowerCase();
  const keys = new Map<string, boolean>();
  const isWanted = (other: string): boolean => {
    const known = keys.get(other);
    if (known !== undefined) return known;
    const fits = other.toLowerCase() === wantedKey;
    if (keys.size < mostKeys) keys.set(other, fits);
    return fits;
  };
  return (attributes) => {
    let isKnown: false | undefined;
    for (const attribute of attributes) {
      if (!isWanted(attribute.key)) continue;
      if (partsOf(attribute.value).some((one) => compares(one, comparison, value))) return true;
      isKnown = false;
    }
    return isKnown;
  };
}

/** Keys remembered: a hostile trace has as many as it likes. */
const mostKeys = 1_000;

/** A list is met by one of its elements, or as the text that it is shown as. */
const partsOf = (value: AttributeValue): readonly string[] =>
  typeof value === 'object' ? [...value.map(String), JSON.stringify(value)] : [String(value)];

function compares(
  actual: string,
  comparison: AttributeCondition['comparison'],
  wanted: string,
): boolean {
  if (comparison === '=') return isLike(actual.toLowerCase(), wanted.toLowerCase());
  if (actual.trim() === '') return false;
  const difference = Number(actual) - Number(wanted);
  switch (comparison) {
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
  }
}

/** Whether the text is the pattern, in which `*` is any text. Linear: the pattern's pieces are looked for in order. */
function isLike(text: string, pattern: string): boolean {
  const pieces = pattern.split('*');
  const first = pieces.shift() ?? '';
  const last = pieces.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
