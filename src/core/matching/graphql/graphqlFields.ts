/** Longer documents aren't read: they are hostile, or no one's. */
const longest = 20_000;

const token = /"""[^]*?"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*|\.\.\.|[A-Za-z_]\w*|[{}()@:!$[\]]/g;

/** An operation or a fragment: what it asks for at its own level. */
interface Definition {
  readonly isFragment: boolean;
  readonly name: string;
  readonly fields: Set<string>;
  /** Names of the fragments it spreads there. */
  readonly spreads: Set<string>;
}

/**
 * Fields of the root type that an operation of a GraphQL document asks for, each once, without their
 * aliases, those of fragments included. Those of introspection don't count. Undefined: no document, or not clear which
 * operation.
 *
 * @param operation its name; empty: it has none, or it isn't known.
 */
export function rootFields(document: string, operation = ''): readonly string[] | undefined {
  if (document.length > longest) return undefined;
  const definitions = readDefinitions(document);
  const operations = definitions?.filter(({ isFragment }) => !isFragment) ?? [];
  const named = operations.filter(({ name }) => name === operation);
  const [only, ...others] = operations.length === 1 ? operations : named;
  if (definitions === undefined || only === undefined || others.length > 0) return undefined;
  const fragments = new Map(definitions.map((one) => [one.name, one]));
  const fields = new Set<string>();
  const spread = new Set([only]);
  for (const definition of spread) {
    for (const field of definition.fields) fields.add(field);
    for (const name of definition.spreads) {
      const fragment = fragments.get(name);
      if (!fragment?.isFragment) return undefined;
      spread.add(fragment);
    }
  }
  return [...fields];
}

/** Names of all fields in a document, at every level; those of types, fragments and aliases may be among them. */
export function mentionedFields(document: string): ReadonlySet<string> {
  const tokens = document.length > longest ? undefined : withoutArguments(document);
  return new Set(tokens?.filter(isName));
}

function readDefinitions(document: string): readonly Definition[] | undefined {
  const tokens = withoutArguments(document);
  if (!tokens) return undefined;
  const definitions: Definition[] = [];
  /** For each open brace, whether it is still at the level of the definition. */
  const levels: boolean[] = [];
  let head: string[] = [];
  for (const [at, text] of tokens.entries()) {
    const current = definitions.at(-1);
    if (text === '{') {
      if (levels.length === 0) definitions.push(definitionOf(head));
      levels.push(levels.length === 0 || (levels.at(-1) === true && opensInline(tokens, at)));
      head = [];
    } else if (text === '}') {
      if (levels.pop() === undefined) return undefined;
    } else if (levels.length === 0) head.push(text);
    else if (levels.at(-1) === true && current) readSelection(tokens, at, current);
  }
  return levels.length === 0 && definitions.length > 0 ? definitions : undefined;
}

/** Tokens without texts, comments, and what is in round brackets; undefined when those don't close. */
function withoutArguments(document: string): readonly string[] | undefined {
  const kept: string[] = [];
  let round = 0;
  for (const text of document.match(token) ?? []) {
    if (/^["#]/.test(text)) continue;
    if (text === '(') round++;
    else if (text === ')') round--;
    else if (round === 0) kept.push(text);
    if (round < 0) return undefined;
  }
  return round === 0 ? kept : undefined;
}

/** Of `query Orders @live`, `fragment Parts on Order`, or nothing. */
const definitionOf = ([kind, name]: readonly string[]): Definition => ({
  isFragment: kind === 'fragment',
  name: name !== undefined && isName(name) ? name : '',
  fields: new Set(),
  spreads: new Set(),
});

/** Whether the brace follows `...`, `... on Query`, or their directives. */
function opensInline(tokens: readonly string[], brace: number): boolean {
  let at = brace - 1;
  while (tokens[at - 1] === '@') at -= 2;
  return tokens[at] === '...' || (tokens[at - 1] === 'on' && tokens[at - 2] === '...');
}

function readSelection(tokens: readonly string[], at: number, { fields, spreads }: Definition) {
  const text = tokens[at] ?? '';
  const before = tokens[at - 1];
  if (!isName(text) || before === '@' || tokens[at + 1] === ':') return;
  if (before === '...') {
    if (text !== 'on') spreads.add(text);
  } else if (!(before === 'on' && tokens[at - 2] === '...') && !text.startsWith('__')) {
    fields.add(text);
  }
}

const isName = (text: string) => /^\w/.test(text);
