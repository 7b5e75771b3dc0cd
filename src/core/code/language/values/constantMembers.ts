import { unknownExpression, type Expression } from '../expression.ts';
import type { ClassFact } from '../facts.ts';
import type { WorkspacePath } from '../../location.ts';
import type { Constant, Evaluator, Resolved } from './evaluator.ts';
import { maxDepth } from './knownAnswers.ts';
import { entryTable } from './objectEntries.ts';
import type { Symbol, ScopedExpression, ClassSymbol } from '../program/symbols.ts';

/** Members of modules, packages and classes, and properties of object literals. */
export class ConstantMembers {
  readonly #constants: Evaluator;

  constructor(constants: Evaluator) {
    this.#constants = constants;
  }

  /** A member of what an expression came down to. */
  of(resolved: Resolved, name: string, depth: number): Resolved {
    if (resolved.symbol) return this.#symbolMember(resolved.symbol, name, depth);
    const entry = this.entry(resolved, name, depth);
    return entry
      ? this.#constants.resolve(entry, depth + 1)
      : { ...resolved, expression: { kind: 'member', of: resolved.expression, name } };
  }

  #symbolMember(symbol: Symbol, name: string, depth: number): Resolved {
    if (symbol.kind === 'external') {
      const dotted = symbol.name === '*' ? name : `${symbol.name}.${name}`;
      return { symbol: { ...symbol, name: dotted } };
    }
    if (symbol.kind === 'namespace') {
      const found = this.#constants.program.exported(symbol.path, name);
      if (found) return this.#constants.ofSymbol(found, depth);
    }
    return symbol.kind === 'class'
      ? this.#staticMember(symbol, name, depth, symbol)
      : { expression: unknownExpression, path: '' };
  }

  /** A static member of a class or of its bases, with `self` for `this`. */
  #staticMember(owner: ClassSymbol, name: string, depth: number, self: ClassSymbol): Resolved {
    const { path, bindings: outer = [] } = owner;
    const fact = this.#constants.program.classAt(path, owner.index);
    const bindings = () => {
      const expression = { kind: 'class', index: self.index } as const;
      const given: ScopedExpression = { expression, path: self.path, bindings: self.bindings };
      return new Map([...outer, ['this', given]]);
    };
    const property = fact.properties.find((p) => p.static === true && p.name === name);
    if (property?.value !== undefined) {
      const { value } = property;
      return this.#constants.resolve({ expression: value, path, bindings: bindings() }, depth + 1);
    }
    if (name === 'name' && fact.name)
      return { expression: { kind: 'text', text: fact.name }, path };
    const index = this.#staticMethod(fact, path, name);
    if (index !== undefined) {
      const symbol = { kind: 'function', path, index, bindings: bindings() } as const;
      const isGetter = this.#constants.program.methodAt(path, index).kind === 'getter';
      const [returned] = isGetter ? this.#constants.called(symbol, []) : [];
      return returned ? this.#constants.resolve(returned, depth + 1) : { symbol };
    }
    const base =
      fact.extends === undefined || depth > maxDepth
        ? undefined
        : this.#constants.resolve(
            { expression: fact.extends, path, bindings: owner.bindings },
            depth + 1,
          );
    return base?.symbol?.kind === 'class'
      ? this.#staticMember(base.symbol, name, depth + 1, self)
      : { expression: unknownExpression, path: '' };
  }

  #staticMethod(fact: ClassFact, path: WorkspacePath, name: string): number | undefined {
    return fact.methods.find((index) => {
      const method = this.#constants.program.methodAt(path, index);
      return method.name === name && method.static;
    });
  }

  /** A property of an object literal, or an element of an array; undefined when it has none of that name. */
  entry(bound: ScopedExpression, key: string, depth: number): ScopedExpression | undefined {
    const { expression, path, bindings } = bound;
    if (typeof expression !== 'object' || depth > maxDepth) return undefined;
    if (expression.kind === 'array') {
      const item = expression.items[Number(key)];
      return item === undefined ? undefined : { expression: item, path, bindings };
    }
    if (expression.kind !== 'object') return undefined;
    const { effort } = this.#constants.program.queryDatabase;
    if (!effort.enter()) return undefined;
    const found = this.#entryOf(expression, bound, key, depth);
    effort.leave();
    return found;
  }

  #entryOf(
    expression: Extract<Expression, { kind: 'object' }>,
    { path, bindings }: ScopedExpression,
    key: string,
    depth: number,
  ): ScopedExpression | undefined {
    const { entries } = expression;
    const { places, spreads, computed } = entryTable(entries);
    const own = places.get(key) ?? -1;
    const at = (place: number): ScopedExpression | undefined => {
      const value = entries[place]?.[1];
      return value === undefined ? undefined : { expression: value, path, bindings };
    };
    for (const place of spreads) {
      if (place <= own) break;
      const value = at(place);
      const spread = value && this.#constants.resolve(value, depth + 1);
      const found = spread && !spread.symbol ? this.entry(spread, key, depth + 1) : undefined;
      if (found) return found;
    }
    if (own >= 0) return at(own);
    const place = computed.find((one) => {
      const name = entries[one]?.[0] ?? '';
      return keyOf(this.#constants.value({ expression: name, path }, depth + 1)) === key;
    });
    return place === undefined ? undefined : at(place);
  }
}

/** The key of a property: of a member of a package's enum its name, `RequestMethod.GET`. */
export function keyOf(index: Constant): string | undefined {
  if (typeof index === 'string' || typeof index === 'number') return String(index);
  const isSymbol = typeof index === 'object' && index !== null && 'kind' in index;
  return isSymbol && index.kind === 'external' ? index.name : undefined;
}
