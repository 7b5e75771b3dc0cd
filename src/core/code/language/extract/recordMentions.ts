import * as ts from './compiler.ts';
import type { Expression } from '../expression.ts';
import { readSized } from './readSized.ts';
import type { ExtractionContext } from './extractionContext.ts';
import { inMethod, type Place } from './place.ts';

/** `this.name`, without a call: a getter that runs, or a method handed on. */
export function recordMention(
  reading: ExtractionContext,
  node: ts.PropertyAccessExpression,
  { method, loop }: Place,
): void {
  if (method === undefined || node.expression.kind !== ts.SyntaxKind.ThisKeyword) return;
  const owner = reading.methods[method]?.class;
  if (owner !== undefined)
    reading.mentions.push({ class: owner, method, name: node.name.text, loop });
}

/** Functions handed to a call: `map(this.users.toDto)`, `run(helper)`, `on(this.save.bind(this))`. */
export function recordHandedOn(
  reading: ExtractionContext,
  argument: ts.Expression,
  { scope, method, loop }: Place,
): void {
  if (method === undefined) return;
  const node = withoutBind(argument);
  if (ts.isIdentifier(node)) {
    const isFunctionLike = /^[a-z_$]/.test(node.text) && reading.moduleNames.has(node.text);
    if (!isFunctionLike || scope.lookup(node.text)) return;
    reading.calls.push({ callee: node.text, ...inMethod(method, { loop }) });
  } else if (ts.isPropertyAccessExpression(node) && isMemberOfOwn(node.expression)) {
    const callee = readSized(reading, node, scope, 10).expression;
    reading.calls.push({ callee, ...inMethod(method, { loop }) });
  }
}

/** Nothing but names: `this.save`, `save.bind(this)`. */
export function isHandedOn(argument: ts.Expression): boolean {
  let node = withoutBind(argument);
  while (ts.isPropertyAccessExpression(node)) node = node.expression;
  return ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword;
}

function withoutBind(node: ts.Expression): ts.Expression {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return node;
  return node.expression.name.text === 'bind' ? node.expression.expression : node;
}

const isMemberOfOwn = (node: ts.Expression): boolean =>
  ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword;

/** Adds the mentions that may be of a method or getter, once a method, to the calls. */
export function keepMentions(reading: ExtractionContext): void {
  const known = new Set(
    reading.calls.flatMap(({ callee, method }) =>
      typeof callee === 'string' ? [`${method} ${callee}`] : [],
    ),
  );
  const running = new Map<number, ReturnType<typeof membersOf>>();
  for (const { class: owner, method, name, loop } of reading.mentions) {
    const callee: Expression = `this.${name}`;
    const key = `${method} ${callee}`;
    const members = running.get(owner) ?? membersOf(reading, owner);
    running.set(owner, members);
    if (known.has(key) || !mayRun(members, name)) continue;
    known.add(key);
    reading.calls.push({ callee, ...inMethod(method, { loop }) });
  }
}

/** What a class has itself; inherited are those of a base. */
function membersOf({ classes, methods }: ExtractionContext, owner: number) {
  const fact = classes[owner];
  return {
    methods: new Set(fact?.methods.map((index) => methods[index]?.name)),
    properties: new Set(fact?.properties.map((property) => property.name)),
    inherits: fact?.extends !== undefined,
  };
}

/** False for a plain property. */
function mayRun(
  { methods, properties, inherits }: ReturnType<typeof membersOf>,
  name: string,
): boolean {
  return methods.has(name) || (inherits && !properties.has(name));
}
