import {
  decodedMappings,
  FlattenMap,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  type EncodedSourceMap,
  type OriginalMapping,
  type Section,
  type TraceMap,
} from '@jridgewell/trace-mapping';
import { asRecord, asText } from '../core/code/config/json.ts';

/** A source map whose mappings are decoded. */
export interface DecodedMap {
  readonly map: TraceMap;
  /** What they were decoded from, in characters: twenty times as many bytes, or more. */
  readonly length: number;
}

/** Of compiled code before a section; far beyond what bundlers write, and a list of lines is made of it. */
const mostLines = 1_000_000;

/**
 * Reads a source map, or one in sections, which may hold no sections of their own (ECMA-426). Its names and the
 * text of its sources are let go.
 *
 * @param most characters of mappings
 * @throws Error: it is no source map, or a longer one.
 */
export function readSourceMap(text: string, most: number): DecodedMap {
  const json = asRecord(JSON.parse(text));
  const sections = Array.isArray(json?.['sections']) ? json['sections'].map(readSection) : [];
  const plain = sections.length > 0 ? undefined : readPlainMap(json);
  const maps = plain ? [plain] : sections.map(({ map }) => map);
  const length = maps.reduce((sum, { mappings }) => sum + mappings.length, 0);
  if (length > most) throw new RangeError(`Mappings of ${String(length)} characters`);
  const map = new FlattenMap(plain ?? { version: 3, sections });
  decodedMappings(map);
  return { map, length };
}

function readSection(value: unknown): Section & { map: EncodedSourceMap } {
  const section = asRecord(value);
  const offset = asRecord(section?.['offset']);
  const [line, column] = [offset?.['line'], offset?.['column']];
  if (!isCount(line) || line > mostLines || !isCount(column)) {
    throw new TypeError('A section of a source map without its place');
  }
  return { offset: { line, column }, map: readPlainMap(section?.['map']) };
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;

function readPlainMap(value: unknown): EncodedSourceMap {
  const json = asRecord(value);
  const mappings = asText(json?.['mappings']);
  const sources = json?.['sources'];
  if (mappings === undefined || !Array.isArray(sources)) throw new TypeError('Not a source map');
  const root = asText(json?.['sourceRoot']) ?? '';
  const located = sources.map((source) =>
    typeof source === 'string' ? belowRoot(source, root) : null,
  );
  return { version: 3, names: [], sources: located, mappings };
}

/** A source that has a scheme, a drive or a `/` in front is where it says: only others are below `sourceRoot`. */
function belowRoot(source: string, root: string): string {
  if (root === '' || /^(?:[\w+.-]+:|[/\\])/.test(source)) return source;
  return root.endsWith('/') ? root + source : `${root}/${source}`;
}

/** A place in a source, counted from 1. */
export interface SourcePlace {
  /** As the map has it, below its `sourceRoot`: a URL or a path. */
  readonly source: string;
  readonly line: number;
  readonly column: number;
}

/** What a place in compiled code, counted from 1, was made from. A column that isn't known is 1, or 0. */
export function placeInSource(
  map: TraceMap,
  line: number,
  column: number,
): SourcePlace | undefined {
  if (line < 1) return undefined;
  const at = { line, column: Math.max(column - 1, 0) };
  const before = originalPositionFor(map, at);
  // A line whose column isn't told begins before its first mapping: that is the one then.
  const place = isPlace(before)
    ? before
    : originalPositionFor(map, { ...at, bias: LEAST_UPPER_BOUND });
  return isPlace(place)
    ? { source: place.source, line: place.line, column: place.column + 1 }
    : undefined;
}

/** A source that is null has no name here; of a broken map it may be none of the list. */
function isPlace(
  place: Partial<OriginalMapping> | { readonly source: null },
): place is SourcePlace {
  return (
    typeof place.source === 'string' &&
    place.source !== '' &&
    Number(place.line) >= 1 &&
    Number(place.column) >= 0
  );
}
