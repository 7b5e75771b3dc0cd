import { lastName } from '../../language/expression.ts';
import type { DecoratorFact } from '../../language/facts.ts';
import type { ScopedExpression } from '../../language/program/symbols.ts';
import type { WorkspacePath } from '../../location.ts';
import type { OtherCallSite } from '../../model.ts';
import { textPattern } from '../textPattern.ts';
import type { CallParts } from '../callLibrary.ts';
import { placeOf } from '../recordedCall.ts';

/** Packages whose `@Span()` starts one around a method, and whether its name begins with what the class is. */
const packages: ReadonlyMap<string, { readonly saysKind: boolean }> = new Map([
  ['nestjs-otel', { saysKind: false }],
  ['@metinseylan/nestjs-opentelemetry', { saysKind: true }],
  ['@amplication/opentelemetry-nestjs', { saysKind: true }],
]);

/** The team's own decorators that give one of these are named for what they do. */
const spanLike = /span|trac/i;
const maxDepth = 3;

/** Methods around which a decorator starts a span, by the span's name. */
export function decoratedSpans(parts: CallParts, path: WorkspacePath): readonly OtherCallSite[] {
  const { methods = [], classes = [] } = parts.program.facts(path) ?? {};
  return methods.flatMap(({ decorators = [], class: owner, name, line, column }, method) => {
    const fact = owner === undefined ? undefined : classes[owner];
    if (!fact) return [];
    for (const decorator of decorators) {
      const found = spanDecorator(parts, decorator, path);
      if (!found) continue;
      const isController = fact.decorators.some((one) => one.name === 'Controller');
      const kind = found.saysKind ? `${isController ? 'Controller' : 'Provider'}->` : '';
      const call = { fact: { name: 'Span', on: decorator.name, method, line, column }, path };
      const target = found.name ?? `${kind}${fact.name}.${name}`;
      return [
        {
          ...placeOf(parts, call),
          library: 'spans' as const,
          operation: lastName(decorator.name),
          target,
        },
      ];
    }
    return [];
  });
}

interface SpanDecorator {
  readonly saysKind: boolean;
  /** Undefined: the method's own. */
  readonly name: string | undefined;
}

function spanDecorator(
  parts: CallParts,
  { name, args = [] }: DecoratorFact,
  path: WorkspacePath,
): SpanDecorator | undefined {
  if (typeof name !== 'string' || !spanLike.test(name)) return undefined;
  return followed(parts, { expression: { kind: 'call', callee: name, args }, path }, 0);
}

/** `Span('name')`, or a call of the workspace's function that gives one. */
function followed(
  parts: CallParts,
  bound: ScopedExpression,
  depth: number,
): SpanDecorator | undefined {
  const { expression } = bound;
  if (depth > maxDepth || typeof expression !== 'object' || expression.kind !== 'call') {
    return undefined;
  }
  const { constants } = parts;
  const { symbol } = constants.resolve({ ...bound, expression: expression.callee });
  if (symbol?.kind === 'external') {
    const known = symbol.name === 'Span' ? packages.get(symbol.module) : undefined;
    const [first] = expression.args;
    const name =
      first === undefined ? undefined : textPattern(parts, { ...bound, expression: first });
    return known && { ...known, name };
  }
  if (symbol?.kind !== 'function') return undefined;
  const args = constants.arguments(expression.args, bound);
  const [returned] = constants.called(symbol, args);
  return returned && followed(parts, returned, depth + 1);
}
