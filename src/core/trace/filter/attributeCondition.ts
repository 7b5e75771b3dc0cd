import { anyCase } from '../../base/anyCase.ts';
import type { AttributeValue, Attributes } from '../rawSpan.ts';

/** What an attribute has to be. */
export interface AttributeCondition {
  /** Of any case, `*` standing for any text. */
  readonly key: string;
  readonly comparison: '=' | ':=' | '>' | '>=' | '<' | '<=';
  /** `=`: of any case, `*` standing for any text. `:=`: as it is. Else a number. */
  readonly value: string;
}

/** Whether one of some attributes is what a condition says; undefined where none has its key. */
export type AttributeTest = (attributes: Attributes) => boolean | undefined;

/** A test for many spans. */
export function attributeTest({ key, comparison, value }: AttributeCondition): AttributeTest {
  const isWanted = keyTest(key);
  const isSo = valueTest(comparison, value);
  return (attributes) => {
    let isKnown: false | undefined;
    for (const attribute of attributes) {
      if (!isWanted(attribute.key)) continue;
      if (meets(attribute.value, isSo)) return true;
      isKnown = false;
    }
    return isKnown;
  };
}

/** Keys remembered: a hostile trace has as many as it likes. */
const mostKeys = 1_000;

/** Spans share their few keys, each of which is compared once; most aren't even as long as the one that is wanted. */
function keyTest(pattern: string): (key: string) => boolean {
  if (pattern === '*') return () => true;
  const isLike = likeTest(pattern);
  const { length } = pattern;
  const canDiffer = /[^\p{ASCII}]|\*/u.test(pattern);
  const keys = new Map<string, boolean>();
  return (key) => {
    if (!canDiffer && key.length !== length) return false;
    const known = keys.get(key);
    if (known !== undefined) return known;
    const fits = isLike(key);
    if (keys.size < mostKeys) keys.set(key, fits);
    return fits;
  };
}

/** A list is met by one of its elements, or as the text that it is shown as. */
function meets(value: AttributeValue, isSo: (text: string) => boolean): boolean {
  if (typeof value !== 'object') return isSo(String(value));
  return value.some((one) => isSo(String(one))) || isSo(JSON.stringify(value));
}

function valueTest(
  comparison: AttributeCondition['comparison'],
  wanted: string,
): (value: string) => boolean {
  const than = Number(wanted);
  const number = (compares: (value: number) => boolean) => (value: string) =>
    value.trim() !== '' && compares(Number(value));
  switch (comparison) {
    case '=':
      return likeTest(wanted);
    case ':=':
      return (value) => value === wanted;
    case '>':
      return number((value) => value > than);
    case '>=':
      return number((value) => value >= than);
    case '<':
      return number((value) => value < than);
    case '<=':
      return number((value) => value <= than);
  }
}

/**
 * Whether a text is the pattern, in which `*` is any text; in any case. Linear: the pattern's pieces are looked for in
 * order.
 */
function likeTest(pattern: string): (text: string) => boolean {
  const pieces = anyCase(pattern).split('*');
  const first = pieces.shift() ?? '';
  const last = pieces.pop();
  if (last === undefined) return (text) => anyCase(text) === first;
  if (first === '' && last === '' && pieces.length === 1) return holds(pieces[0] ?? '');
  return (typed) => {
    const text = anyCase(typed);
    if (!text.startsWith(first)) return false;
    let at = first.length;
    for (const piece of pieces) {
      const found = text.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return text.length - last.length >= at && text.endsWith(last);
  };
}

/**
 * Most looked for, of every value there is: without a copy in small letters it takes half of the time. Only of ASCII is it the
 * same: of `İ` the small letter is two.
 */
function holds(part: string): (text: string) => boolean {
  if (/\P{ASCII}/u.test(part)) return (text) => anyCase(text).includes(part);
  const literal = new RegExp(part.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, '\\$&'), 'iu');
  return (text) => literal.test(text);
}
