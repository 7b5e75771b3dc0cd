import type { OtherCallSite } from '../../model.ts';
import type { CallLibrary, CallParts, RecordedCall } from '../callLibrary.ts';
import { clientCall } from '../clientCall.ts';
import { placeOf } from '../recordedCall.ts';
import { isKnex, knexBuilders, knexStatement } from './knexStatement.ts';
import { withoutComments } from './statementName.ts';
import { sqlMethods, statementOf, type SqlStatement } from './sqlClients.ts';

/** A longer statement is cut: its beginning tells it from others. */
const longestText = 2_000;

/** Statements of pg, mysql2 and better-sqlite3, and those that knex builds. */
export const sqlLibrary: CallLibrary = {
  mentions: (text) => /['"](?:pg|pg-pool|mysql2(?:\/promise)?|better-sqlite3)['"]|knex/i.test(text),
  members: sqlMethods,
  builders: knexBuilders,
  argumentsOf: (module) => (isKnex(module) ? 1 : undefined),
  link: linkStatement,
};

function linkStatement(parts: CallParts, call: RecordedCall): OtherCallSite | undefined {
  const built = knexStatement(parts, call);
  if (built) {
    const { root, operation, text } = built;
    const fact = { ...call.fact, line: root.line, column: root.column };
    return siteOf(parts, { ...call, fact }, operation, { client: 'knex', text });
  }
  if (!sqlMethods.has(call.fact.name)) return undefined;
  const of = clientCall(parts, call);
  const statement = of && statementOf(parts, of);
  return statement && siteOf(parts, call, call.fact.name, statement);
}

function siteOf(
  parts: CallParts,
  call: RecordedCall,
  operation: string,
  { client, text }: SqlStatement,
): OtherCallSite {
  const target = text && shortText(text);
  return { ...placeOf(parts, call), library: 'sql', operation, target, client };
}

/** On one line, without comments, and of no great length. */
function shortText(text: string): string {
  const line = withoutComments(text).replaceAll(/\s+/g, ' ').trim();
  return line.length > longestText ? `${line.slice(0, longestText)}*` : line;
}
