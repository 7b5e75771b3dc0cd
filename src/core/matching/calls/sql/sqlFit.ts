import type { OtherCallSite } from '../../../code/model.ts';
import { fitsText } from '../fitsText.ts';
import { lettersIn } from '../lettersIn.ts';
import type { SqlQuery } from './sqlQuery.ts';
import { plainStatement } from './sqlText.ts';

/**
 * How well a call fits a statement, best first. `same`: its very text; `pattern`: with values and names put in; `built`: what
 * is known of a built one; `loose`: that, but another kind of reading; `start`: more was added to it; `open`: nothing is known.
 */
export const sqlFits = ['same', 'pattern', 'built', 'loose', 'start', 'open'] as const;
export type SqlFit = (typeof sqlFits)[number];

interface Target {
  readonly text: string;
  /** Letters that are written out. */
  readonly letters: number;
}

const known = new WeakMap<OtherCallSite, Target>();
/** Fewer letters than this say nothing of a statement. */
const fewestLetters = 8;
/** From this share of written letters on a pattern tells its statement from others. */
const tellingShare = 0.5;

const aroundStatements =
  /^(?:begin|commit|rollback|start transaction|set transaction|savepoint|release)\b/;

/** Undefined: the call doesn't run that. */
export function sqlFit(call: OtherCallSite, query: SqlQuery): SqlFit | undefined {
  const { text, operation, table } = query;
  if (call.operation === 'connect' || !isClient(call, query)) return undefined;
  const target = targetOf(call);
  if (call.operation === 'transaction') return aroundStatements.test(text) ? 'pattern' : undefined;
  if (target.letters < fewestLetters) {
    if (target.text !== '' && target.text === text) return 'same';
    return target.letters === 0 || fitsText(target.text, text) ? 'open' : undefined;
  }
  if (text === '') return fitsName(target.text, operation, table) ? 'loose' : undefined;
  if (target.text === text) return 'same';
  if (fitsText(target.text, text)) {
    if (target.letters >= lettersIn(text) * tellingShare && !isBuilt(call)) return 'pattern';
    return isOtherReading(call, text) ? 'loose' : 'built';
  }
  return text.startsWith(target.text.replace(/\*$/, '')) ? 'start' : undefined;
}

/** knex runs its statements by other clients. */
const isClient = ({ client }: OtherCallSite, { client: runner }: SqlQuery): boolean =>
  client === undefined || runner === undefined || client === runner || client === 'knex';

/** Without a recorded text: by what is done to which table. */
function fitsName(target: string, operation: string, table: string): boolean {
  const verb = operation === 'first' || operation === 'pluck' ? 'select' : operation.slice(0, 3);
  return verb !== '' && target.startsWith(verb) && (table === '' || target.includes(table));
}

function targetOf(call: OtherCallSite): Target {
  const before = known.get(call);
  if (before) return before;
  const text = plainStatement(call.target ?? '');
  const made = { text, letters: lettersIn(text) };
  known.set(call, made);
  return made;
}

/** Of a statement that is built only what it does to which table is known. */
const isBuilt = ({ client, operation }: OtherCallSite): boolean =>
  client === 'knex' && operation !== 'raw';

/** One row is read with a limit, and what is counted is read as a count. */
function isOtherReading(call: OtherCallSite, text: string): boolean {
  const { operation = '' } = call;
  if (!isBuilt(call)) return false;
  const isCount = /^select (?:count|min|max|sum|avg)\(/.test(text);
  if (/^(?:count|countDistinct|min|max|sum|avg)$/.test(operation)) return !isCount;
  if (!text.startsWith('select')) return false;
  return isCount || (operation === 'first') !== / limit \?$|^select top/.test(text);
}
