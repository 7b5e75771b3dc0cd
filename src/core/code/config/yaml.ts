import { parseDocument, visit, YAMLMap, type Document } from 'yaml';

/** In characters: reading takes up to 50 µs of CPU for each of a hostile text, 3 µs of others. */
const longest = 100_000;
/** Uses of an anchor within one another: a few lines of them can stand for more than memory holds. */
const mostAliases = 100;

/**
 * What a YAML text says, with its aliases and merge keys resolved: mappings as `Map`s, since a key may be a mapping
 * too. Of broken text as much as can be read; undefined where that is nothing, or the text is too long.
 */
export function readYaml(text: string): unknown {
  if (text.length > longest) return undefined;
  try {
    const document = parseDocument(text, { merge: true, uniqueKeys: false, logLevel: 'silent' });
    emptyUnknownAliases(document);
    return document.toJS({ mapAsMap: true, maxAliasCount: mostAliases }) as unknown;
  } catch {
    return undefined; // Too many aliases, or nested too deeply.
  }
}

/** An alias that is half typed would leave the whole document without a value. */
function emptyUnknownAliases(document: Document.Parsed): void {
  const anchors = new Set<string>();
  visit(document, {
    Value: (_, { anchor }) => {
      if (anchor !== undefined) anchors.add(anchor);
    },
    Alias: (_, { source }) => (anchors.has(source) ? undefined : new YAMLMap()),
  });
}

/** The value of a key of a mapping; undefined: there is none, or it is no mapping. */
export function yamlValue(mapping: unknown, key: string): unknown {
  return mapping instanceof Map ? (mapping.get(key) as unknown) : undefined;
}
