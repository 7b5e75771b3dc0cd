import { readdirSync, readFileSync } from 'node:fs';
import { isMatch } from '../../src/core/matching/match.ts';
import { textAttribute, type RawSpan } from '../../src/core/trace/rawSpan.ts';
import { isTransactionControl, statementTarget } from '../../src/core/trace/statementTarget.ts';
import { mapSpans } from './mapTrace.ts';
import { indexFiles } from './memoryWorkspace.ts';

const app = new URL('../fixtures/apps/lending/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, app), 'utf8');

const texts: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "lending" }',
  'prisma/schema.prisma': read('prisma/schema.prisma'),
  ...Object.fromEntries(
    readdirSync(new URL('src/', app)).map((name) => [`src/${name}`, read(`src/${name}`)]),
  ),
};

/** The application test/fixtures/apps/lending, whose calls run together. */
export const lendingIndex = indexFiles(texts);

/** `loans.service.ts:22`: the line that has the first id of a call's hundred. */
function lineOf(mark: string): string {
  for (const [path, text] of Object.entries(texts)) {
    const at = text.split('\n').findIndex((line) => new RegExp(`\\b${mark}\\b`).test(line));
    if (at !== -1) return `${path.slice('src/'.length)}:${String(at + 1)}`;
  }
  throw new Error(`No call of the application asks for ${mark}.`);
}

export interface MappedQuery {
  /** `select members`. */
  readonly statement: string;
  readonly confidence: string;
  readonly reason: string;
  readonly said: string | undefined;
  /** The line of the call that made it, from the values it was given. */
  readonly true: string;
}

/** Where each query with a mark is mapped to. */
export function mapQueries(spans: readonly RawSpan[], index = lendingIndex): MappedQuery[] {
  return [...Map.groupBy(spans, ({ traceId }) => traceId).values()].flatMap((ofTrace) => {
    const { trace, matches } = mapSpans(ofTrace, index);
    return trace.spans.flatMap((span, row) => {
      const mark = textAttribute(span.attributes, 'test.call');
      const statement = textAttribute(span.attributes, 'db.query.text');
      const match = matches[row];
      if (mark === undefined || statement === undefined || match === undefined) return [];
      if (isTransactionControl(statement)) return [];
      const said = isMatch(match)
        ? `${match.location.path.split('/').at(-1)!}:${String(match.location.line)}`
        : undefined;
      const { confidence, reason } = match;
      return [{ statement: summary(statement), confidence, reason, said, true: lineOf(mark) }];
    });
  });
}

function summary(statement: string): string {
  const { verb = '', table = statement } = statementTarget(statement) ?? {};
  return `${verb} ${table}`;
}
