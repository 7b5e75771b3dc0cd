import * as ts from './compiler.ts';
import { rootName, type Expression } from '../expression.ts';
import type { LibraryCallFact } from '../facts.ts';
import { middleBudget, narrowBudget } from './budget.ts';
import type { ExtractionContext } from './extractionContext.ts';
import type { Place } from './place.ts';
import { readSized } from './readSized.ts';
import { positionOf } from './syntax.ts';

/** The member that is called. */
interface MemberName {
  readonly text: string;
  readonly of: ts.Expression;
  readonly node: ts.Node;
}

/** `findMany` of `x.findMany` and `x['findMany']`; undefined: no member, or a computed one. */
export function memberNameOf(callee: ts.Expression): MemberName | undefined {
  if (ts.isPropertyAccessExpression(callee)) {
    return { text: callee.name.text, of: callee.expression, node: callee.name };
  }
  if (!ts.isElementAccessExpression(callee)) return undefined;
  const { argumentExpression: node, expression: of } = callee;
  return ts.isStringLiteralLike(node) ? { text: node.text, of, node } : undefined;
}

/** Records a call that may be a library's. True when its name is one of a library's members: then it is no other call. */
export function recordLibraryCall(
  reading: ExtractionContext,
  node: ts.CallExpression,
  place: Place,
): boolean {
  const callee = node.expression;
  const member = memberNameOf(callee);
  if (!member) {
    recordUnnamed(reading, node, place);
    return false;
  }
  const { text } = member;
  const { members, builders } = reading.recorded;
  const kept = Math.max(
    members.get(text) ?? -1,
    (reading.chains.has(node) ? builders.get(text) : undefined) ?? -1,
    ...keptOfImports(reading).members.map((own) => own.get(text) ?? -1),
  );
  if (kept < 0) return false;
  const on = readSized(reading, member.of, place.scope, narrowBudget, true).expression;
  if (!isPlainValue(on)) {
    add(reading, node, { name: member.text, on, kept, node: member.node }, place);
  }
  return true;
}

/** Records a call whatever its name, in a file that has to do with a library whose names can be any. True when it did. */
export function recordAnyCall(
  reading: ExtractionContext,
  node: ts.CallExpression,
  place: Place,
): boolean {
  const member = memberNameOf(node.expression);
  if (!member || !keptOfImports(reading).all) return false;
  const on = readSized(reading, member.of, place.scope, narrowBudget, true).expression;
  add(reading, node, { name: member.text, on, kept: 0, node: member.node }, place);
  return true;
}

/** `` prisma.$queryRaw`…` ``. */
export function recordTemplate(
  reading: ExtractionContext,
  node: ts.TaggedTemplateExpression,
  place: Place,
): void {
  const member = memberNameOf(node.tag);
  if (!member || !reading.recorded.members.has(member.text)) return;
  const on = readSized(reading, member.of, place.scope, narrowBudget, true).expression;
  if (!isPlainValue(on)) {
    add(reading, node, { name: member.text, on, kept: 0, node: member.node }, place);
  }
}

/** `fetch(…)`, `got(…)`, `axios[method](…)`. */
function recordUnnamed(reading: ExtractionContext, node: ts.CallExpression, place: Place): void {
  const callee = node.expression;
  const isComputed = ts.isElementAccessExpression(callee);
  if (!isComputed && !ts.isIdentifier(callee)) return;
  const value = isComputed ? callee.expression : callee;
  const on = readSized(reading, value, place.scope, narrowBudget, true).expression;
  const kept = keptArguments(reading, on);
  if (kept === undefined || reading.building.has(node)) return;
  const called = isComputed ? callee.argumentExpression : callee;
  add(reading, node, { name: isComputed ? '[]' : '', on, kept, node: called }, place);
}

/** Of a value that comes from a library's package, as far as this file tells; undefined: it doesn't. */
function keptArguments(reading: ExtractionContext, on: Expression): number | undefined {
  const root = rootOf(on);
  if (root === undefined) return undefined;
  const { recorded, moduleNames } = reading;
  if (!moduleNames.has(root)) {
    return root === 'this' ? keptOfImports(reading).most : recorded.globals.get(root);
  }
  const { byName, most } = keptOfImports(reading);
  const isImported = reading.imports.some(({ local }) => local === root);
  return isImported ? byName.get(root) : most;
}

/** The first name of an expression, whatever is called on it; of a parameter that of its type. */
function rootOf(expression: Expression): string | undefined {
  if (typeof expression === 'string') return rootName(expression);
  switch (expression.kind) {
    case 'member':
    case 'element':
    case 'typed':
    case 'guarded':
      return rootOf(expression.of);
    case 'call':
    case 'new':
      return rootOf(expression.callee);
    case 'either': {
      const [first] = expression.options;
      return first === undefined ? undefined : rootOf(first);
    }
    case 'parameter':
      return expression.type && rootName(expression.type.name);
    default:
      return undefined;
  }
}

interface KeptOfImports {
  readonly byName: ReadonlyMap<string, number>;
  /** Of all; undefined: the file imports no library. */
  readonly most: number | undefined;
  /** Every called member gets a fact. */
  readonly all: boolean;
  /** Called members that are recorded for the sake of what the file imports. */
  readonly members: readonly ReadonlyMap<string, number>[];
}

const keptOf = new WeakMap<ExtractionContext, KeptOfImports>();

function keptOfImports(reading: ExtractionContext): KeptOfImports {
  const known = keptOf.get(reading);
  if (known) return known;
  const byName = new Map(
    reading.imports.flatMap(({ local, from }) => {
      const kept = reading.recorded.argumentsOf(from);
      return kept === undefined ? [] : [[local, kept] as const];
    }),
  );
  const modules = new Set(reading.imports.map(({ from }) => from));
  const made = {
    byName,
    most: byName.size === 0 ? undefined : Math.max(...byName.values()),
    all: reading.recorded.recordsAll(reading.imports),
    members: [...modules].flatMap((from) => reading.recorded.membersOf(from) ?? []),
  };
  keptOf.set(reading, made);
  return made;
}

interface Called {
  readonly name: string;
  readonly on: Expression;
  /** How many arguments. */
  readonly kept: number;
  /** Where the name stands. */
  readonly node: ts.Node;
}

function add(
  reading: ExtractionContext,
  call: ts.CallExpression | ts.TaggedTemplateExpression,
  { name, on, kept, node }: Called,
  place: Place,
): void {
  const given = ts.isCallExpression(call) ? call.arguments.slice(0, kept) : [];
  const args = given.map(
    (argument) => readSized(reading, argument, place.scope, middleBudget).expression,
  );
  reading.libraryCalls.push({
    name,
    on,
    ...(args.length > 0 && { args }),
    ...(place.method !== undefined && { method: place.method }),
    ...positionOf(reading, node),
    ...(place.loop !== undefined && { loop: place.loop }),
    ...(place.within && { within: place.within }),
    ...(reading.awaited.has(call) && { awaited: true }),
    ...chainOf(reading, call, place),
  });
}

function chainOf(
  reading: ExtractionContext,
  call: ts.Node,
  { inStatement }: Place,
): Pick<LibraryCallFact, 'chain' | 'inStatement'> {
  const chain = reading.chains.get(call);
  return { ...(chain && { chain }), ...(inStatement && { inStatement }) };
}

/** No library's. */
const isPlainValue = (on: Expression): boolean => typeof on === 'object' && plain.has(on.kind);
const plain = new Set(['text', 'literal', 'join', 'array', 'object', 'unknown', 'function']);
