const fewestRows = 3;
const leastShare = 0.75;

/**
 * The words with which most routes begin, at least three of them: `/api/v1`; empty where there are none. A word with
 * which the rest begins always stays. Titles that aren't a verb and a route don't count.
 */
export function sharedPrefix(titles: readonly string[]): string {
  const routes = titles.flatMap((title) => routeOf(title)?.route ?? []);
  const counts = new Map<string, number>();
  for (const route of routes)
    for (const prefix of prefixesOf(route)) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  const fewest = Math.max(fewestRows, routes.length * leastShare);
  let longest = '';
  for (const [prefix, count] of counts)
    if (count >= fewest && prefix.length > longest.length) longest = prefix;
  return longest;
}

export interface ShortTitle {
  readonly text: string;
  /** The route that the text has only the end of; empty: it has all but the prefix. */
  readonly rest: string;
}

/** In characters: what the side bar's default width has room for behind a cost. */
const mostRoom = 20;

/**
 * Titles that end as the whole ones do, since the end of a route tells rows apart: `GET …/orders/:id` of
 * `GET /api/v1/orders/:id` without the prefix. Of what is still too long more words give way, as long as no other title
 * has the same verb and end: `POST …/:id/checkout`.
 */
export function shortTitles(titles: readonly string[], prefix: string): readonly ShortTitle[] {
  const ends = new Map<string, number>();
  for (const title of new Set(titles))
    for (const end of endsOf(title, '')) ends.set(end, (ends.get(end) ?? 0) + 1);
  return titles.map((title) => {
    const [whole = title, ...shorter] = endsOf(title, prefix);
    if (whole.length <= mostRoom) return { text: whole, rest: '' };
    const own = shorter.filter((end) => ends.get(end) === 1);
    const text = own.find((end) => end.length <= mostRoom) ?? own.at(-1);
    return text === undefined
      ? { text: whole, rest: '' }
      : { text, rest: whole.replace(/^\S+ /, '') };
  });
}

/** Without the prefix, then with a part less each: the last word stays. */
function endsOf(title: string, prefix: string): readonly string[] {
  const { verb, route } = routeOf(title) ?? { verb: '', route: '' };
  const hasPrefix = prefix !== '' && prefixesOf(route).includes(prefix);
  const parts = route
    .slice(hasPrefix ? prefix.length : 0)
    .split('/')
    .slice(1);
  const lastWord = parts.findLastIndex(isWord);
  const shorter = parts
    .map((_, at) => at)
    .slice(1, lastWord + 1)
    .map((at) => `${verb} …/${parts.slice(at).join('/')}`);
  return [hasPrefix ? `${verb} …/${parts.join('/')}` : title, ...shorter];
}

function routeOf(title: string): { readonly verb: string; readonly route: string } | undefined {
  const [, verb, route] = /^([A-Z]+) (\/.*)$/s.exec(title) ?? [];
  return verb === undefined || route === undefined ? undefined : { verb, route };
}

/** Of whole words, each with a word behind it. */
function prefixesOf(route: string): readonly string[] {
  const found: string[] = [];
  let prefix = '';
  for (const [at, part] of route.split('/').slice(1).entries()) {
    if (!isWord(part)) break;
    if (at > 0) found.push(prefix);
    prefix = `${prefix}/${part}`;
  }
  return found;
}

const isWord = (part: string): boolean => /^[\w.~-]+$/.test(part);
