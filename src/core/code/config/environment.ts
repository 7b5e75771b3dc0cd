/**
 * Variables of a `.env` file, read as `dotenv` does for NestJS: `KEY=value` or `KEY: value`, with `export`, in quotes
 * of three kinds that may hold lines, `#` begins a comment; `\n` and `\r` of double quotes are read, nothing is
 * expanded. Linear in the text: a quote that isn't closed where its line could end is a character like others.
 */
export function readEnvironment(text: string): Readonly<Record<string, string>> {
  const variables: Record<string, string> = {};
  const lines = text.replaceAll(/\r\n?/g, '\n');
  const name = /[^\S\n]*(?:export[^\S\n]+)?([\w.-]+)(?:[^\S\n]*=|:[^\S\n])[^\S\n]*/y;
  for (let at = lines.startsWith('\uFEFF') ? 1 : 0; at < lines.length;) {
    name.lastIndex = at;
    const found = name.exec(lines);
    const from = found ? name.lastIndex : at;
    const quoted = found ? quotedAt(lines, from) : undefined;
    const end = lineEnd(lines, quoted?.end ?? from);
    if (found) variables[found[1] ?? ''] = quoted?.value ?? bareValue(lines.slice(from, end));
    at = end + 1;
  }
  return variables;
}

/** The text between quotes and where they end, when no more than a comment follows in that line. */
function quotedAt(text: string, start: number): { value: string; end: number } | undefined {
  const quote = text.charAt(start);
  if (!['"', "'", '`'].includes(quote)) return undefined;
  const close = closingQuote(text, start + 1, quote);
  if (close < 0 || !/^\s*(?:#|$)/.test(text.slice(close + 1, lineEnd(text, close + 1))))
    return undefined;
  const inside = text.slice(start + 1, close);
  const value = quote === '"' ? inside.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : inside;
  return { value, end: close + 1 };
}

function closingQuote(text: string, from: number, quote: string): number {
  let close = text.indexOf(quote, from);
  while (close > from && text[close - 1] === '\\') close = text.indexOf(quote, close + 1);
  return close;
}

function bareValue(text: string): string {
  const value = text.replace(/#.*/, '').trim();
  return /^(["'`])(.*)\1$/.exec(value)?.[2] ?? value;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
