/** Variables of a .env file: `KEY=value`, quotes and `export` removed, no expansion. */
export function readEnvironment(text: string): Readonly<Record<string, string>> {
  const variables: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=(.*)$/.exec(line.trimEnd());
    if (!match) continue;
    const value = (match[2] ?? '').trim();
    const quoted = /^(["'])(.*?)\1/.exec(value);
    variables[match[1] ?? ''] = quoted ? (quoted[2] ?? '') : withoutComment(value);
  }
  return variables;
}

/** What comes before a `#` with a space in front. */
function withoutComment(value: string): string {
  const start = value.search(/\s#/);
  return start < 0 ? value : value.slice(0, start).trimEnd();
}
