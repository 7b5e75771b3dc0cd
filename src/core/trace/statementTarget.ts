/** What a statement does to the one table or collection that it is about. */
export interface StatementTarget {
  readonly verb: Verb;
  /** Without its schema and quotes. */
  readonly table: string;
}

type Verb = 'select' | 'insert' | 'update' | 'delete';

/** The list of columns before FROM can be long; what stands after this many characters isn't looked at. */
const longestLook = 20_000;

/**
 * The table that a statement is about: of a SELECT the first after its own FROM, whatever subqueries stand in its
 * columns; one that counts a subquery is about the subquery's. Reads what Prisma sends to PostgreSQL, MySQL, SQLite
 * and SQL Server, also with CTEs and comments, and what its MongoDB connector prints (`db.Loan.findOne(…)`).
 * @returns undefined for BEGIN and the like, and for what isn't understood.
 */
export function statementTarget(statement: string): StatementTarget | undefined {
  const text = statement.slice(0, longestLook);
  return collectionTarget(text) ?? tableTarget(text);
}

/** True for statements that begin or end a transaction. Prisma says of a driver's own `-- Implicit "COMMIT" query …`. */
export const isTransactionControl = (statement: string): boolean =>
  /^\s*(?:-- Implicit "|(?:BEGIN|COMMIT|ROLLBACK|START TRANSACTION|SAVEPOINT|RELEASE|SET|DEALLOCATE)\b)/i.test(
    statement,
  );

/** Steps over texts, comments and quoted names whole; of the rest, only these words and brackets matter. */
const token =
  /'(?:[^']|'')*'|"[^"]*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[()]|\b(?:SELECT|FROM|INTO|UPDATE|DELETE|INSERT|REPLACE|MERGE|WITH)\b/gi;

const verbs: Readonly<Record<string, Verb>> = {
  SELECT: 'select',
  INSERT: 'insert',
  REPLACE: 'insert',
  MERGE: 'insert',
  UPDATE: 'update',
  DELETE: 'delete',
};

function tableTarget(text: string): StatementTarget | undefined {
  let verb: Verb | undefined;
  let depth = 0;
  /** Brackets around the verb: its FROM or INTO stands in as many. */
  let ownDepth = 0;
  let isCte = false;
  for (const { 0: found, index } of text.matchAll(token)) {
    const word = found.toUpperCase();
    if (word === '(') depth++;
    else if (word === ')') depth--;
    else if (word === 'WITH') isCte ||= verb === undefined;
    else if (verb === undefined) {
      if (isCte && depth > 0) continue;
      verb = verbs[word];
      ownDepth = depth;
      if (word === 'UPDATE') return targetAt(text, index + word.length, 'update');
    } else if (depth === ownDepth && word === (verb === 'insert' ? 'INTO' : 'FROM')) {
      const after = index + word.length;
      if (!/^\s*\(/.test(text.slice(after, after + 100))) return targetAt(text, after, verb);
      ownDepth++;
    }
  }
  return undefined;
}

const part =
  '(?:"[^"]{1,200}"|`[^`]{1,200}`|\\[[^\\]]{1,200}\\]|[\\p{L}_][\\p{L}\\p{N}_$-]{0,199})';
const qualifiedName = new RegExp(`\\s*(?:ONLY\\s+)?((?:${part}\\s*\\.\\s*){0,2})(${part})`, 'iuy');

function targetAt(text: string, at: number, verb: Verb): StatementTarget | undefined {
  qualifiedName.lastIndex = at;
  const table = qualifiedName.exec(text)?.[2]?.replace(/^["`[]|["`\]]$/g, '');
  return table === undefined ? undefined : { verb, table };
}

const collection =
  /^\s*db\.(?:getCollection\(["']([^"']{1,200})["']\)|([\p{L}\p{N}_$-]{1,200}))\.(\w{1,40})\(/u;

function collectionTarget(text: string): StatementTarget | undefined {
  const [, quoted, plain, operation = ''] = collection.exec(text) ?? [];
  const table = quoted ?? plain;
  return table === undefined ? undefined : { verb: collectionVerb(operation), table };
}

function collectionVerb(operation: string): Verb {
  if (/^insert/i.test(operation)) return 'insert';
  if (/update|replace|modify/i.test(operation)) return 'update';
  return /delete|remove/i.test(operation) ? 'delete' : 'select';
}
