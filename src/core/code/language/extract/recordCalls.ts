import * as ts from './compiler.ts';
import { asMember, rootName, type Expression } from '../expression.ts';
import type { ProviderFact } from '../facts.ts';
import { readExpression } from './readExpression.ts';
import { readSized } from './readSized.ts';
import { narrowBudget } from './budget.ts';
import { memberNameOf, recordAnyCall, recordLibraryCall } from './recordLibraryCalls.ts';
import { recordHandedOn } from './recordMentions.ts';
import type { ExtractionContext } from './extractionContext.ts';
import { positionOf } from './syntax.ts';
import { loopOfCallback } from './loopOfCallback.ts';
import { inMethod, type Place } from './place.ts';

const setupCalls = new Set([
  'create',
  'createMicroservice',
  'createApplicationContext',
  'connectMicroservice',
  'setGlobalPrefix',
  'enableVersioning',
  'listen',
  'resourceFromAttributes',
]);
const settingCalls = new Set(['set', 'enable']);
/** Settings of Express that change which requests a route takes. */
const routerSettings = new Set(['case sensitive routing', 'strict routing']);
const setupClasses = new Set(['NodeSDK', 'Resource', 'NodeTracerProvider']);

export function recordCall(
  reading: ExtractionContext,
  node: ts.CallExpression,
  place: Place,
): void {
  const callee = node.expression;
  const member = memberNameOf(callee);
  const called = member?.text;
  const isRecorded = recordLibraryCall(reading, node, place);
  const name = called ?? (ts.isIdentifier(callee) ? callee.text : '');
  if (isGivenApplication(reading, node, place)) recordSetup(reading, node, 'configure', place);
  else if (setupCalls.has(name)) recordSetup(reading, node, name, place);
  else if (settingCalls.has(name)) recordSetting(reading, node, place);
  if (place.method === undefined || place.inDecorator) return;
  const handed = { ...place, loop: loopOfCallback(reading, node) ?? place.loop };
  for (const argument of node.arguments) recordHandedOn(reading, argument, handed);
  if (isRecorded) return;
  // `this.handlers[name]()`: one of what the property holds.
  const target = ts.isElementAccessExpression(callee) && !member ? callee.expression : callee;
  const { expression } = readSized(reading, target, place.scope, 30, true);
  if (!leadsSomewhere(reading, expression) || recordAnyCall(reading, node, place)) return;
  reading.calls.push({ callee: expression, ...inMethod(place.method, place) });
}

/** `configure(app, …)`, where `app` was made in the same function. */
function isGivenApplication(
  reading: ExtractionContext,
  node: ts.CallExpression,
  { scope }: Place,
): boolean {
  if (node.arguments.length === 0 || !reading.moduleNames.has('NestFactory')) return false;
  return node.arguments.some((argument) => {
    const { expression } = readSized(reading, argument, scope, narrowBudget, true);
    const isCall = typeof expression === 'object' && expression.kind === 'call';
    return isCall && expression.callee === 'NestFactory.create';
  });
}

export function recordNew(reading: ExtractionContext, node: ts.NewExpression, place: Place): void {
  const made = node.expression;
  const name = ts.isIdentifier(made) ? made.text : '';
  if (setupClasses.has(name)) recordSetup(reading, node, name, place);
  const { method } = place;
  if (method === undefined || place.inDecorator || !reading.moduleNames.has(name)) return;
  if (/(Exception|Error)$/.test(name)) return;
  const callee: Expression = { kind: 'new', callee: name, args: [] };
  reading.calls.push({ callee, ...inMethod(method, place) });
}

/** An object with `provide` and one of `useClass`, `useExisting`, `useFactory`, `useValue`. */
export function recordProvider(
  reading: ExtractionContext,
  node: ts.ObjectLiteralExpression,
  place: Place,
): void {
  const isProvider = node.properties.some(
    (property) =>
      property.name && ts.isIdentifier(property.name) && property.name.text === 'provide',
  );
  if (!isProvider) return;
  const object = readExpression(reading, node, place.scope, { left: 200 });
  if (typeof object !== 'object' || object.kind !== 'object') return;
  const fact = Object.fromEntries(
    object.entries.filter(([key]) => providerKeys.has(key)),
  ) as Partial<ProviderFact>;
  if (fact.provide !== undefined) reading.providers.push({ ...fact, provide: fact.provide });
}

const providerKeys = new Set(['provide', 'useClass', 'useExisting', 'useFactory', 'useValue']);

function recordSetup(
  reading: ExtractionContext,
  node: ts.CallExpression | ts.NewExpression,
  name: string,
  place: Place,
): void {
  const callee = readSized(reading, node.expression, place.scope, narrowBudget).expression;
  if (name === 'create' && !asMember(callee)) return;
  if (name === 'create' && !(rootName(callee) ?? '').includes('NestFactory')) return;
  reading.setup.push({
    name,
    callee,
    ...(place.method !== undefined && { method: place.method }),
    args: (node.arguments ?? []).map((arg) => readExpression(reading, arg, place.scope)),
    line: positionOf(reading, node).line,
    ...(place.arm && { arm: place.arm }),
  });
}

/** `app.enable('strict routing')`, under the setting's name. */
function recordSetting(reading: ExtractionContext, node: ts.CallExpression, place: Place): void {
  const [first] = node.arguments;
  if (first === undefined || !ts.isStringLiteralLike(first)) return;
  if (routerSettings.has(first.text)) recordSetup(reading, node, first.text, place);
}

/** Methods of arrays, texts, promises and streams: never of the workspace. */
const builtIns = new Set([
  'map',
  'filter',
  'forEach',
  'flatMap',
  'reduce',
  'some',
  'every',
  'find',
  'join',
  'split',
  'push',
  'includes',
  'slice',
  'sort',
  'toString',
  'trim',
  'then',
  'catch',
  'finally',
  'pipe',
  'subscribe',
]);

/** False for calls on globals, on untyped parameters and on results that only a type checker would know. */
function leadsSomewhere(reading: ExtractionContext, callee: Expression): boolean {
  if (typeof callee === 'string') {
    const root = rootName(callee);
    return root === 'this' || root === 'super'
      ? callee !== root
      : reading.moduleNames.has(root ?? '');
  }
  const member = asMember(callee);
  if (!member || typeof member.of === 'string' || builtIns.has(member.name)) return false;
  return startsTyped(reading, member.of);
}

/** `this.strategies.map`. */
const isOwnMember = (callee: Expression): boolean =>
  typeof callee === 'string' && callee.startsWith('this.');

function startsTyped(reading: ExtractionContext, expression: Expression): boolean {
  if (typeof expression === 'string') return true;
  switch (expression.kind) {
    case 'parameter':
      return expression.type !== undefined;
    case 'typed':
    case 'new':
      return true;
    case 'member':
    case 'element':
      return startsTyped(reading, expression.of);
    case 'argument':
      return isOwnMember(expression.callee);
    case 'call': {
      const { callee } = expression;
      const member = asMember(callee);
      if (member === undefined)
        return typeof callee === 'string' && reading.moduleNames.has(callee);
      return !reading.recorded.data.has(member.name) && startsTyped(reading, member.of);
    }
    case 'either':
      return expression.options.some((option) => startsTyped(reading, option));
    default:
      return false;
  }
}
