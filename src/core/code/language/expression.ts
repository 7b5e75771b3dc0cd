/**
 * An expression of the source, reduced to what linking needs. Plain JSON, so that facts can be cached.
 * Parentheses, `await`, `!` and `satisfies` are gone, local variables are replaced by what they were set to.
 *
 * A string is a chain of names from `this`, `super` or a name of the module: `this.orders.remove`.
 */
export type Expression =
  | string
  | { readonly kind: 'text'; readonly text: string }
  /** A regular expression written out. */
  | { readonly kind: 'pattern'; readonly source: string; readonly flags: string }
  | { readonly kind: 'literal'; readonly value: number | boolean | null }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'element'; readonly of: Expression; readonly index: Expression }
  | {
      readonly kind: 'call' | 'new';
      readonly callee: Expression;
      readonly args: readonly Expression[];
      readonly types?: readonly TypeExpression[];
    }
  /** Template strings and `+`. */
  | { readonly kind: 'join'; readonly parts: readonly Expression[] }
  | {
      readonly kind: 'arithmetic';
      readonly operator: '-' | '*' | '/' | '%';
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'array'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly entries: readonly ObjectEntry[] }
  /** `each`: one after the other, the variable of a loop. */
  | { readonly kind: 'spread'; readonly of: Expression; readonly each?: true }
  /** `a || b`, `a ?? b` (`fallback`), `c ? a : b`, where `when` is the `c`. */
  | {
      readonly kind: 'either';
      readonly options: readonly Expression[];
      readonly fallback: boolean;
      readonly when?: Expression;
    }
  /** What counts only where a condition holds: a `return` within an `if` or `switch`. */
  | { readonly kind: 'guarded'; readonly of: Expression; readonly when: Expression }
  /** A condition taken apart: `a && b`, `a || b`, `!a`, `a === b`. */
  | {
      readonly kind: 'condition';
      readonly test: 'all' | 'any' | 'not' | 'equal';
      readonly of: readonly Expression[];
    }
  | { readonly kind: 'typeof'; readonly of: Expression }
  | {
      readonly kind: 'function';
      /** One that takes the rest is `...name`; one taken apart has its place in the text, `{120}`. */
      readonly parameters: readonly string[];
      readonly returns: readonly Expression[];
      /** `X` of each `X(target, key)` in the body, where `X` is itself a call: a decorator applied by hand. */
      readonly applies?: readonly Expression[];
      /** As a method's decorator it puts another function in its place, without the old one's metadata. */
      readonly replaces?: true;
    }
  /** A class expression: index into `FileFacts.classes`. */
  | { readonly kind: 'class'; readonly index: number }
  /** A parameter of the enclosing method or function. */
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly type?: TypeExpression;
      readonly initial?: Expression;
      /** The decorator that puts the value there. */
      readonly injected?: CallExpression;
    }
  /** A parameter without type of a function given to a call: `tx` of `prisma.$transaction((tx) => …)`. */
  | {
      readonly kind: 'argument';
      readonly name: string;
      readonly callee: Expression;
      /** Which parameter of the function. */
      readonly index: number;
    }
  | {
      readonly kind: 'typed';
      readonly of: Expression;
      readonly type: TypeExpression;
      /** By way of `unknown` or `any`: the value is meant to be taken for something else. */
      readonly disguised?: true;
    }
  | { readonly kind: 'unknown' };

/** Key and value; a spread entry has an empty key. */
export type ObjectEntry = readonly [key: string, value: Expression];

/** `Repository<User>` is `{ name: 'Repository', args: [{ name: 'User' }] }`. */
export interface TypeExpression {
  /**
   * A dotted name, or `|` for a union, `&` for an intersection, `[]` for an indexed access (`args`: object,
   * then a name in quotes, `?` for a computed one), `=>` for the type of a function (`args`: the parameters'
   * types) or a constructor, `typeof x.y` for a query, `{}` for a literal with `members`.
   */
  readonly name: string;
  readonly args?: readonly TypeExpression[];
  /** Of a type parameter: its constraint. */
  readonly extends?: TypeExpression;
  readonly members?: readonly TypeMember[];
  /** Of a function's type: what it gives. */
  readonly returns?: TypeExpression;
}

/** A property, or a method as the property that holds it. */
export interface TypeMember {
  readonly name: string;
  readonly type: TypeExpression;
}

export type CallExpression = Extract<Expression, { readonly kind: 'call' | 'new' }>;

export const unknownExpression: Expression = { kind: 'unknown' };

/** `of.name`, as a chain where it can be one. */
export function memberOf(of: Expression, name: string): Expression {
  return typeof of === 'string' ? `${of}.${name}` : { kind: 'member', of, name };
}

/** A member access taken apart, whichever of its two forms it has; undefined for anything else. */
export function asMember(
  expression: Expression,
): { readonly of: Expression; readonly name: string } | undefined {
  if (typeof expression !== 'string') return expression.kind === 'member' ? expression : undefined;
  const dot = expression.lastIndexOf('.');
  return dot < 0 ? undefined : { of: expression.slice(0, dot), name: expression.slice(dot + 1) };
}

/** First name of a chain, or the name of the parameter it starts from; undefined for other expressions. */
export function rootName(expression: Expression): string | undefined {
  if (typeof expression === 'string') return expression.split('.', 1)[0];
  switch (expression.kind) {
    case 'member':
    case 'element':
    case 'typed':
      return rootName(expression.of);
    case 'parameter':
    case 'argument':
      return expression.name;
    default:
      return undefined;
  }
}

/** The last name of a chain or the name of a parameter: what a reader would call the value. */
export function lastName(expression: Expression): string | undefined {
  const member = asMember(expression);
  if (member) return member.name;
  if (typeof expression === 'string') return expression;
  if (expression.kind === 'typed') return lastName(expression.of);
  return expression.kind === 'parameter' || expression.kind === 'argument'
    ? expression.name
    : undefined;
}
