import type * as ts from './compiler.ts';
import type { Expression, ObjectEntry } from '../expression.ts';
import { readSized } from './readSized.ts';
import { wideBudget } from './budget.ts';
import type { ExtractionContext } from './extractionContext.ts';
import { Scope } from './scope.ts';
import { nameText } from './syntax.ts';

/** An enum as an object of its members' values; each may be made of those before it. */
export function readEnum(
  reading: ExtractionContext,
  node: ts.EnumDeclaration,
  outer: Scope,
): Expression {
  let next = 0;
  const scope = new Scope(outer);
  const entries: ObjectEntry[] = [];
  for (const member of node.members) {
    const key = nameText(member.name);
    if (key === undefined) continue;
    const { expression: value, size } = member.initializer
      ? readSized(reading, member.initializer, scope, wideBudget)
      : { expression: { kind: 'literal', value: next } as const, size: 1 };
    if (typeof value === 'object' && value.kind === 'literal') next = Number(value.value) + 1;
    entries.push([key, value]);
    scope.declare(key, () => ({ expression: value, size }));
  }
  return { kind: 'object', entries };
}
