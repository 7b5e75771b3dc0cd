import * as ts from './compiler.ts';
import type { ChainedCall } from '../facts.ts';
import { middleBudget } from './budget.ts';
import type { ExtractionContext } from './extractionContext.ts';
import type { Place } from './place.ts';
import { readSized } from './readSized.ts';
import { positionOf } from './syntax.ts';

interface Link {
  readonly call: ts.CallExpression;
  /** What is called, by its last name. */
  readonly name: ts.Node & { readonly text?: string };
}

/** Notes the statement that calls on calls build, `knex('orders').where(…).first()`: nothing where no name tells of one. */
export function findChain(
  reading: ExtractionContext,
  outermost: ts.CallExpression,
  place: Place,
): void {
  const { builders } = reading.recorded;
  const links = linksOf(outermost);
  const first = links.findIndex(({ name }) => builders.has(name.text ?? ''));
  const at = links[first];
  if (!at) return;
  reading.chains.set(at.call, {
    before: links.slice(0, first).map((link) => chainedCall(reading, link, place, 1)),
    after: links.slice(first + 1).map((link) => chainedCall(reading, link, place, 0)),
  });
  for (const { call } of links) reading.building.add(call);
}

/** Each call that the next is called on, the innermost first. */
function linksOf(outermost: ts.CallExpression): readonly Link[] {
  const links: Link[] = [];
  for (let node: ts.Expression = outermost; ;) {
    if (ts.isCallExpression(node)) {
      const callee = node.expression;
      links.push({
        call: node,
        name: ts.isPropertyAccessExpression(callee) ? callee.name : callee,
      });
      node = callee;
    } else if (ts.isPropertyAccessExpression(node)) {
      node = node.expression;
    } else break;
  }
  return links.toReversed();
}

/** @param least how many arguments are kept whatever its name. */
function chainedCall(
  reading: ExtractionContext,
  { call, name }: Link,
  place: Place,
  least: number,
): ChainedCall {
  const kept = Math.max(reading.recorded.builders.get(name.text ?? '') ?? 0, least);
  const args = call.arguments
    .slice(0, kept)
    .map((argument) => readSized(reading, argument, place.scope, middleBudget).expression);
  return { name: name.text ?? '', ...(args.length > 0 && { args }), ...positionOf(reading, name) };
}
