import type { ChainedCall, LibraryCallFact } from '../../language/facts.ts';
import type { Expression } from '../../language/expression.ts';
import { textIn } from '../callArguments.ts';
import type { CallParts, RecordedCall } from '../callLibrary.ts';
import { packageCall } from '../packageCall.ts';

/** A statement that a chain of knex's calls builds. */
export interface KnexStatement {
  /** Where it begins: the called name at the chain's root. */
  readonly root: Pick<ChainedCall, 'line' | 'column'>;
  /** The call that says most. */
  readonly operation: string;
  /** With `*` for what isn't known. */
  readonly text: string | undefined;
}

const modules = /^(?:knex|nestjs-knex|nest-knexjs|@nestjsplus\/knex|@mithleshjs\/knex-nest)$/;
/** What statements are built on. */
const clientPath = new RegExp(
  String.raw`^(?:(?:Knex\.)?(?:Knex|Transaction)|KNEX_CONNECTION|Inject(?:Knex|Connection|Model)\(\)|(?:default|knex|Knex|\*)\(\)|)` +
    String.raw`(?:(?:^|\.)(?:Transaction|transaction\((?:#0)?\)|transactionProvider\(\)\(\)|withUserParams\(\)))*`,
);

/** Members that build statements, with how many of their arguments are kept. */
export const knexBuilders: ReadonlyMap<string, number> = new Map([
  ...['from', 'table', 'into', 'raw', 'batchInsert'].map((name) => [name, 1] as const),
  ...(
    'select insert update upsert del delete truncate first pluck count countDistinct min max sum avg distinct distinctOn increment decrement columnInfo ' +
    'where whereIn whereNot whereNotIn whereNull whereNotNull whereRaw whereBetween whereExists whereILike whereLike whereJsonPath andWhere orWhere having ' +
    'leftJoin innerJoin rightJoin leftOuterJoin joinRaw orderBy orderByRaw groupBy groupByRaw returning onConflict withSchema withRecursive ' +
    'transacting forUpdate queryBuilder transaction limit offset'
  )
    .split(' ')
    .map((name) => [name, 0] as const),
]);

/** Calls that make a statement's text, and don't run it. */
const onlyText = new Set(['toQuery', 'toSQL', 'toString', 'toNative']);

/** Beginning of what a database runs: `knex.raw('now()')` is a part of other statements. */
const statementLike =
  /^\s*(?:\*|(?:select|with|insert|update|delete|merge|replace|truncate|values|call|explain|show|set|begin|commit|rollback|savepoint|create|alter|drop|refresh|pragma|vacuum|analyze|lock|do|copy|use|exec)\b)/i;

/** Calls that say what a statement does, what says most first. */
const telling: readonly (readonly [verb: string, names: readonly string[]])[] = [
  ['raw', ['raw']],
  ['transaction', ['transaction']],
  ['insert', ['insert', 'batchInsert', 'upsert']],
  ['update', ['update', 'increment', 'decrement']],
  ['delete', ['del', 'delete']],
  ['truncate', ['truncate']],
  [
    'select',
    [
      'first',
      'pluck',
      'count',
      'countDistinct',
      'min',
      'max',
      'sum',
      'avg',
      'columnInfo',
      'select',
      'distinct',
    ],
  ],
];

/** Undefined: it isn't knex's, is part of another statement, or only makes a text. */
export function knexStatement(parts: CallParts, call: RecordedCall): KnexStatement | undefined {
  const { fact } = call;
  if (fact.inStatement || (fact.name !== '' && !fact.chain)) return undefined;
  const of = packageCall(parts, call);
  if (!of || !modules.test(of.origin.module)) return undefined;
  const isItself = fact.name === '';
  // `knex(configuration)` makes a client.
  if (isItself && isImported(parts, call)) return undefined;
  const way = isItself ? [of.receiver, of.called].filter(Boolean).join('.') : of.receiver;
  const [client] = clientPath.exec(way) ?? [];
  const built = client === undefined ? undefined : buildingCalls(way.slice(client.length));
  const before =
    built === undefined || isItself ? [] : (fact.chain?.before ?? []).slice(-built || Infinity);
  if (built === undefined || (isItself && built > 0)) return undefined;
  // Built elsewhere and run here.
  const isContinued = built > before.length;
  if (isContinued && !fact.awaited) return undefined;
  const calls = [...before, own(fact), ...(fact.chain?.after ?? [])];
  if (calls.some(({ name }) => onlyText.has(name))) return undefined;
  const [root = fact] = calls;
  const told = described(parts, call, calls, isItself || before.length > 0);
  const isFragment =
    told.operation === 'raw' && told.text !== undefined && !statementLike.test(told.text);
  return isFragment ? undefined : { root, ...told };
}

function isImported({ program }: CallParts, { fact, path }: RecordedCall): boolean {
  return typeof fact.on === 'string' && program.resolve(path, fact.on)?.kind === 'external';
}

const own = ({ name, on, args, line, column }: LibraryCallFact): ChainedCall => ({
  name: name === '' ? nameOf(on) : name,
  ...(args && { args }),
  line,
  column,
});

const nameOf = (on: Expression): string =>
  typeof on === 'string' ? (on.split('.').at(-1) ?? '') : '';

/** How many calls a way from the client has; undefined: it goes over what builds no statement, `knex.schema`. */
function buildingCalls(way: string): number | undefined {
  if (!/^(?:\.?\w*\(\))*$/.test(way)) return undefined;
  return way.split('()').length - 1;
}

/** @param isOfTable whether the first call may be given the table. */
function described(
  parts: CallParts,
  { path, context }: RecordedCall,
  calls: readonly ChainedCall[],
  isOfTable: boolean,
): Pick<KnexStatement, 'operation' | 'text'> {
  const text = (expression: Expression | undefined) =>
    expression === undefined ? undefined : textIn(parts, { expression, path, self: context.self });
  const named = (names: readonly string[]) => calls.find(({ name }) => names.includes(name));
  const found = telling.flatMap(([verb, names]) => {
    const call = names.map((name) => named([name])).find(Boolean);
    return call ? [{ verb, call }] : [];
  })[0];
  const [root] = calls;
  const operation = found?.call.name ?? calls[1]?.name ?? root?.name ?? '';
  if (found?.verb === 'raw') return { operation, text: text(found.call.args?.[0]) };
  if (found?.verb === 'transaction') return { operation, text: 'BEGIN*' };
  const ofTable = named(['from', 'into', 'table', 'batchInsert']) ?? (isOfTable ? root : undefined);
  const table = text(ofTable?.args?.[0])?.replace(/\s+as\s.*$/i, '') ?? '*';
  const built = statementText(found?.verb ?? 'select', table);
  return { operation, text: built.replaceAll(/\*+/g, '*') };
}

function statementText(verb: string, table: string): string {
  switch (verb) {
    case 'insert':
      return `INSERT INTO ${table} *`;
    case 'update':
      return `UPDATE ${table} SET *`;
    case 'delete':
      return `DELETE FROM ${table}*`;
    case 'truncate':
      return `TRUNCATE*${table}*`;
    default:
      return `SELECT * FROM ${table}*`;
  }
}

/** True for a package whose values build statements when they are called themselves: `knex('orders')`. */
export const isKnex = (module: string): boolean => modules.test(module);
