import { readdirSync, readFileSync } from 'node:fs';
import { isMatch } from '../../src/core/matching/match.ts';
import type { CodeIndex } from '../../src/core/code/model.ts';
import { textAttribute, type RawSpan } from '../../src/core/trace/rawSpan.ts';
import { mapSpans } from './mapTrace.ts';
import { indexFiles } from './memoryWorkspace.ts';

const app = new URL('../fixtures/apps/orders/', import.meta.url);

interface MarkedApp {
  readonly index: CodeIndex;
  /** `orders.service.ts:26`: the line of the call with a mark. */
  readonly lines: ReadonlyMap<string, string>;
}

/** The application test/fixtures/apps/orders, and where its marked calls are. */
export function indexMarkedApp(): MarkedApp {
  const texts: Record<string, string> = { 'package.json': '{ "name": "orders" }' };
  for (const name of readdirSync(new URL('src/', app))) {
    texts[`src/${name}`] = readFileSync(new URL(`src/${name}`, app), 'utf8');
  }
  const schema = 'prisma/schema.prisma';
  texts[schema] = readFileSync(new URL(schema, app), 'utf8');
  const index = indexFiles(texts);
  const lines = new Map<string, string>();
  for (const { location } of index.calls) {
    const name = location.path.slice('/ws/'.length);
    const mark = markAfter(texts[name]!, location.line, location.column);
    if (mark !== undefined) lines.set(mark, `${name.slice('src/'.length)}:${location.line}`);
  }
  return { index, lines };
}

/** `marked('locked', …)` or the text of raw SQL, in the arguments of the call there. */
function markAfter(text: string, line: number, column: number): string | undefined {
  const rest = text
    .split('\n')
    .slice(line - 1)
    .join('\n')
    .slice(column - 1);
  const match = /^[\w$]+\(?`?[^;]{0,40}?(?:marked\('(\w+)'|'(\w+)')/.exec(rest.slice(0, 120));
  return match?.[1] ?? match?.[2];
}

export interface MarkedMatch {
  readonly mark: string;
  readonly confidence: string;
  /** `orders.service.ts:26`; undefined: unmapped. */
  readonly place: string | undefined;
  readonly reason: string;
}

/** Of each operation with a mark: where it is mapped to. */
export function mapMarked(spans: readonly RawSpan[], index: CodeIndex): readonly MarkedMatch[] {
  const { trace, matches } = mapSpans(spans, index);
  return trace.spans.flatMap((span, row) => {
    const mark =
      span.name === 'prisma:client:operation' ? markOf(span, row, trace.spans) : undefined;
    const match = matches[row];
    if (mark === undefined || match === undefined) return [];
    const location = isMatch(match) ? match.location : undefined;
    const place = location && `${location.path.split('/').at(-1)}:${location.line}`;
    return [{ mark, confidence: match.confidence, place, reason: match.reason }];
  });
}

/** Raw calls have no arguments to mark: their statement has the word. */
function markOf(span: RawSpan, row: number, spans: readonly RawSpan[]): string | undefined {
  const mark = textAttribute(span.attributes, 'test.call');
  if (mark !== undefined) return mark;
  const query = spans.slice(row + 1).find(({ name }) => name.endsWith('db_query'));
  return /'(\w+)'/.exec(textAttribute(query?.attributes ?? [], 'db.query.text') ?? '')?.[1];
}
