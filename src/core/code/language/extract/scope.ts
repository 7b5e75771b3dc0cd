import { unknownExpression, type Expression, type TypeExpression } from '../expression.ts';

/** An expression and how many nodes it has: substituted again and again it must not explode. */
export interface SizedExpression {
  readonly expression: Expression;
  readonly size: number;
  /** All nodes, those of types included, where `size` doesn't count them. */
  readonly weight?: number;
}

/** Objects in an expression or a type. */
export function countNodes(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, part) => sum + countNodes(part), 1);
}

const unknownValue: SizedExpression = { expression: unknownExpression, size: 1 };

/** A local name; its value is read when first asked for. */
interface LocalName {
  read: (() => SizedExpression) | undefined;
  value: SizedExpression;
}

/** A type parameter: `T`, `T extends Client`. */
interface TypeParameter {
  readonly constraint: TypeExpression | undefined;
}

/** Local names of a function body and what each stands for; type parameters of functions and classes. */
export class Scope {
  readonly #parent: Scope | undefined;
  #names: Map<string, LocalName> | undefined;
  #typeParameters: Map<string, TypeParameter> | undefined;

  constructor(parent?: Scope) {
    this.#parent = parent;
  }

  /** `read` undefined: the name is local, its value isn't known (yet). */
  declare(name: string, read?: () => SizedExpression): void {
    this.#names ??= new Map();
    this.#names.set(name, { read, value: unknownValue });
  }

  declareType(name: string, constraint: TypeExpression | undefined): void {
    this.#typeParameters ??= new Map();
    this.#typeParameters.set(name, { constraint });
  }

  /** Undefined: not a type parameter. */
  lookupType(name: string): TypeParameter | undefined {
    return this.#typeParameters?.get(name) ?? this.#parent?.lookupType(name);
  }

  /** Gives a value to a name declared without one. */
  assign(name: string, read: () => SizedExpression): void {
    const local = this.#names?.get(name);
    if (!local) this.#parent?.assign(name, read);
    else if (!local.read && local.value === unknownValue) local.read = read;
  }

  /** Gives a name another value from here on, made of the one before. */
  change(name: string, read: (before: SizedExpression) => SizedExpression): void {
    const before = this.#names?.has(name) ? this.lookup(name) : undefined;
    if (!before) return this.#parent?.change(name, read);
    const value = read(before);
    this.declare(name, () => value);
  }

  /** Undefined: not a local name. A name that stands for itself is unknown. */
  lookup(name: string): SizedExpression | undefined {
    const local = this.#names?.get(name);
    if (!local) return this.#parent?.lookup(name);
    const read = local.read;
    if (read) {
      local.read = undefined;
      local.value = read();
    }
    return local.value;
  }
}
