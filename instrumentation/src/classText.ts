import { readFileSync } from 'node:fs';

import { pathOf } from './sourceMaps.ts';

/** A class's text in the file that Node runs. */
export interface ClassText {
  /** A path, or a `file:` URL. */
  readonly script: string;
  readonly file: string;
  /** Of the class, in the file. */
  readonly offset: number;
  readonly text: string;
}

/** Texts of files for as long as somebody looks for classes in them. */
export type FileTexts = Map<string, string | undefined>;

/**
 * Finds a class in one of the files; undefined where its text isn't there just once, as when the file was
 * compiled on its way in.
 */
export function findClass(
  text: string,
  scripts: readonly string[],
  texts: FileTexts,
): ClassText | undefined {
  for (const script of scripts) {
    if (!texts.has(script)) texts.set(script, readText(script));
    const file = texts.get(script) ?? '';
    const offset = file.indexOf(text);
    if (offset !== -1 && !file.includes(text, offset + 1)) return { script, file, offset, text };
  }
  return undefined;
}

function readText(script: string): string | undefined {
  try {
    return readFileSync(pathOf(script), 'utf8');
  } catch {
    return undefined;
  }
}

/** Line and column of a place in a text, from 1. */
export function positionIn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/**
 * Where a class's text has the parameters of a method: that of the given text if it is there, else, since a
 * decorator may have put another function in its place, the only one of that name. Undefined without.
 */
export function offsetInClass(text: string, name: string, method: string): number | undefined {
  let own = text.indexOf(method);
  // `list() {}` is the end of `playlist() {}` too.
  while (own > 0 && /[\w$#]/.test(text[own - 1] ?? '')) own = text.indexOf(method, own + 1);
  return own === -1 ? onlyMethodNamed(text, name) : own + Math.max(method.indexOf('('), 0);
}

/** Of the method's parameters; undefined unless there is exactly one. */
function onlyMethodNamed(text: string, name: string): number | undefined {
  const escaped = name.replace(/[^\w]/g, String.raw`\$&`);
  const head = String.raw`(?:^|[\n;{}])\s*(?:async\s+)?\*?\s*${escaped}\s*\(`;
  const heads = [...text.matchAll(new RegExp(head, 'g'))].filter(({ index, 0: found }) =>
    startsMethod(text, index + found.length),
  );
  const [only] = heads;
  return heads.length === 1 && only !== undefined ? only.index + only[0].length - 1 : undefined;
}

/** After `name(`: parameters and then a body, which a call doesn't have. */
function startsMethod(text: string, from: number): boolean {
  let depth = 1;
  let at = from;
  for (; at < text.length && depth > 0; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
  }
  return /^\s*\{/.test(text.slice(at, at + 20));
}
