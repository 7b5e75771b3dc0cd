import { onceEach } from '../../../base/onceEach.ts';
import type { CodeIndex } from '../../../code/model.ts';
import { statementTarget, type StatementTarget } from '../../../trace/statementTarget.ts';

/** What a query is about. Names of models are in lower case, as in a `callKey`. */
export interface QuerySubject {
  readonly verb: StatementTarget['verb'];
  /** Models whose table it is; several where two have tables of one name, none for a table between two models. */
  readonly models: readonly string[];
  /** The models that a table between them joins. */
  readonly joins: readonly string[];
}

/** What the schemas say of models and tables. */
export interface ModelTables {
  /** Undefined: the statement isn't understood, or no schema has its table. */
  subjectOf(statement: string): QuerySubject | undefined;
  /**
   * How many relations lead from the one model to the other, itself only where they lead back; Infinity: none do, so
   * that no call of the one queries the other. 1 where no schema has the model.
   */
  distance(from: string, to: string): number;
}

export const modelTablesOf: (index: CodeIndex) => ModelTables = onceEach(makeTables);

function makeTables({ models }: CodeIndex): ModelTables {
  const byTable = new Map<string, string[]>();
  const byRelation = new Map<string, string[]>();
  const related = new Map<string, string[]>();
  for (const model of models) {
    const name = model.name.toLowerCase();
    add(byTable, model.table.toLowerCase(), name);
    for (const relation of model.relations) add(byRelation, `_${relation.toLowerCase()}`, name);
    related.set(name, [
      ...(related.get(name) ?? []),
      ...model.related.map((other) => other.toLowerCase()),
    ]);
  }
  const modelsOf = (table: string) => byTable.get(table) ?? (models.length === 0 ? [table] : []);
  const joinedBy = (table: string) => byRelation.get(table) ?? joinedByName(table, related);
  const reach = new Map<string, ReadonlyMap<string, number>>();
  return {
    subjectOf: (statement) => {
      const target = statementTarget(statement);
      if (target === undefined) return undefined;
      const table = target.table.toLowerCase();
      const owners = modelsOf(table);
      const joins = owners.length === 0 ? joinedBy(table) : [];
      const isKnown = owners.length + joins.length > 0;
      return isKnown ? { verb: target.verb, models: owners, joins } : undefined;
    },
    distance: (from, to) => {
      if (!related.has(from)) return 1;
      const distances = reach.get(from) ?? distancesFrom(from, related);
      reach.set(from, distances);
      return distances.get(to) ?? Infinity;
    },
  };
}

/** Prisma names the table between two models `_CategoryToPost`. */
function joinedByName(table: string, models: ReadonlyMap<string, unknown>): readonly string[] {
  if (!table.startsWith('_')) return [];
  for (let at = table.indexOf('to'); at !== -1; at = table.indexOf('to', at + 1)) {
    const pair = [table.slice(1, at), table.slice(at + 2)];
    if (pair.every((name) => models.has(name))) return pair;
  }
  return [];
}

function distancesFrom(from: string, related: ReadonlyMap<string, readonly string[]>) {
  const distances = new Map((related.get(from) ?? []).map((model) => [model, 1]));
  for (const [one, distance] of distances) {
    for (const other of related.get(one) ?? []) {
      if (!distances.has(other)) distances.set(other, distance + 1);
    }
  }
  return distances;
}

function add(lists: Map<string, string[]>, key: string, name: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [name]);
  else if (!list.includes(name)) list.push(name);
}
