/** Longer documents aren't read: they are hostile, or no one's. */
const longest = 20_000;

const token = /"""[^]*?"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*|\.\.\.|[A-Za-z_]\w*|[{}()@:!$[\]]/g;

/**
 * Fields of the root type that the only operation of a GraphQL document asks for, without their aliases.
 * Those of introspection don't count. Undefined: several operations, a fragment at the root, or no document.
 */
export function rootFields(document: string): readonly string[] | undefined {
  if (document.length > longest) return undefined;
  const tokens = (document.match(token) ?? []).filter((text) => !/^["#]/.test(text));
  const fields: string[] = [];
  let depth = 0;
  let round = 0;
  let operations = 0;
  let isFragment = false;
  for (const [at, text] of tokens.entries()) {
    if (text === '(') round++;
    else if (text === ')') round--;
    if (round > 0 || text === ')') continue;
    if (text === '{') {
      if (depth++ === 0 && !isFragment) operations++;
    } else if (text === '}') {
      if (--depth === 0) isFragment = false;
    } else if (depth === 0) isFragment ||= text === 'fragment';
    else if (depth === 1 && !isFragment) {
      if (text === '...') return undefined;
      const isName = /^(?!__)\w/.test(text) && tokens[at - 1] !== '@' && tokens[at + 1] !== ':';
      if (isName) fields.push(text);
    }
  }
  return operations === 1 && depth === 0 && round === 0 ? fields : undefined;
}
