/** The list of columns before FROM can be long; what stands after this many characters isn't looked at. */
const longestLook = 20_000;

const part = '[`"\\[]?([\\w$-]{1,100})[`"\\]]?';
const table = `(?:${part}\\.){0,2}${part}`;
const targetOf: Readonly<Record<string, RegExp>> = {
  SELECT: new RegExp(`\\bFROM\\s+${table}`, 'i'),
  DELETE: new RegExp(`\\bFROM\\s+${table}`, 'i'),
  INSERT: new RegExp(`\\bINTO\\s+${table}`, 'i'),
  UPDATE: new RegExp(`^\\s*UPDATE\\s+${table}`, 'i'),
};

/**
 * What an SQL statement does, to which table: `SELECT OrderItem`, `COMMIT`; as OpenTelemetry's `db.query.summary`, with the
 * first table only and without its schema. Prisma says of a driver's own commit `-- Implicit "COMMIT" query …`.
 * @returns undefined for text that begins with no word of SQL.
 */
export function statementSummary(statement: string): string | undefined {
  if (statement.length > longestKept) return summaryOf(statement);
  if (!kept.has(statement)) {
    if (kept.size >= mostKept) kept.clear();
    kept.set(statement, summaryOf(statement));
  }
  return kept.get(statement);
}

/** A trace runs the same statements again and again. */
const kept = new Map<string, string | undefined>();
const mostKept = 500;
const longestKept = 2_000;

function summaryOf(statement: string): string | undefined {
  const text = statement.slice(0, longestLook);
  const [, verb] = /^(?:\s*|-- Implicit ")([a-z]{3,12})\b/i.exec(text) ?? [];
  if (verb === undefined) return undefined;
  const operation = verb.toUpperCase();
  const target = targetOf[operation]?.exec(text)?.at(-1);
  return target === undefined ? operation : `${operation} ${target}`;
}
